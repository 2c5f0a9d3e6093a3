import { type Asked, api, type Endpoint } from "#server/http/api.ts";
import type { NamedFailure } from "#server/http/failures.ts";
import { type Handler, type Handlers, handlers } from "#server/http/handlers.ts";
import { document } from "#server/http/operation.ts";
import type { Query } from "#server/http/parameters.ts";
import { unknownAddress } from "#server/http/unknown-address.ts";
import { FILE_FORMATS, type FileFormat } from "./formats.ts";
import { jsonFile } from "./schema.ts";

/** A list as a file, in any of the formats. */
export interface FileEndpoint<Param extends string = never> extends Query {
  /** What it is, in a few words. */
  summary: string;
  fails?: readonly NamedFailure[];
  respond: (asked: Asked<Param | "file">, format: FileFormat) => Promise<Response>;
}

/**
 * The handlers of a route whose last part is a file, as `meetings.csv`: each of the named lists in each of the formats,
 * for whoever may export. Any other file is nowhere.
 */
export function files<Param extends string = never>(
  lists: Readonly<Record<string, FileEndpoint<Param>>>,
): Handlers<Param | "file"> {
  const routes = new Map(
    Object.entries(lists).flatMap(([name, list]) =>
      FILE_FORMATS.map((format) => [`${name}.${format}`, api({ GET: inFormat(list, format) })]),
    ),
  );
  const through =
    (method: keyof Handlers<Param | "file">): Handler<Param | "file"> =>
    async (request, context) => {
      const route = routes.get((await context.params).file);
      return route === undefined ? unknownAddress() : route[method](request, context);
    };
  const GET = through("GET");
  document(
    GET,
    Object.entries(lists).map(([file, { respond: _, ...list }]) => ({ ...fileOf(list), file })),
  );
  return handlers({ GET }, { others: through("POST"), options: through("OPTIONS") });
}

function inFormat<Param extends string>(
  { respond, ...list }: FileEndpoint<Param>,
  format: FileFormat,
): Endpoint<Param | "file"> {
  return { ...fileOf(list), respond: (asked: Asked<Param | "file">) => respond(asked, format) };
}

/** What every file has in common. */
function fileOf(list: Omit<FileEndpoint, "respond">) {
  return { ...list, who: "export" as const, answers: { 200: jsonFile } };
}
