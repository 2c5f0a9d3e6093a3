import type { AuditedKind } from "#domain/access/audit.ts";
import { actorOf, type Requester } from "#server/http/actor.ts";
import { type Asked, api, type Endpoint } from "#server/http/api.ts";
import type { NamedFailure } from "#server/http/failures.ts";
import { type Handler, type Handlers, handlers } from "#server/http/handlers.ts";
import { document } from "#server/http/operation.ts";
import type { Query } from "#server/http/parameters.ts";
import { FILE } from "#server/http/takes.ts";
import { unknownAddress } from "#server/http/unknown-address.ts";
import { auditRead } from "#server/runtime/audit.ts";
import { FILE_FORMATS, type FileFormat } from "./formats.ts";
import { jsonFile } from "./schema.ts";
import type { SentFile } from "./taken.ts";

/** A list as a file, in any of the formats. */
export interface FileEndpoint<Param extends string = never> extends Query {
  /** What it is, in a few words. */
  summary: string;
  fails?: readonly NamedFailure[];
  /** Who may have it; whoever may export where it is left out. */
  who?: "export" | "owner";
  /** What its `id` names, if it is of one thing. */
  of?: AuditedKind;
  /** A response alone sends no file: it leads to where it is. */
  respond: (asked: Asked<Param | "file">, format: FileFormat) => Promise<SentFile | Response>;
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
    Object.entries(lists).map(([file, list]) => ({ ...fileOf(list), file })),
  );
  return handlers({ GET }, { others: through("POST"), options: through("OPTIONS") });
}

function inFormat<Param extends string>(
  list: FileEndpoint<Param>,
  format: FileFormat,
): Endpoint<Param | "file"> {
  return {
    ...fileOf(list),
    async respond(asked: Asked<Param | "file"> & Requester) {
      const sent = await list.respond(asked, format);
      if (sent instanceof Response) return sent;
      void noteTaken(asked, list.of ?? null, sent);
      return sent.response;
    },
  };
}

/** Notes who took a file, when it is sent or broken off. */
async function noteTaken<Param extends string>(
  { url, params, ...asking }: Asked<Param | "file"> & Requester,
  of: AuditedKind | null,
  { called, taken }: SentFile,
): Promise<void> {
  const named: Readonly<Record<string, string>> = params;
  const { rows, outcome } = await taken;
  await auditRead(actorOf(asking), {
    action: "file.taken",
    about: of && { kind: of, id: named["id"] ?? null, label: called },
    // What it was narrowed by, and not to what: that may be the name of somebody.
    details: { file: named["file"] ?? "", rows, narrowed: narrowedBy(url) },
    outcome,
  });
}

function narrowedBy({ searchParams }: URL): string[] {
  return [...new Set(searchParams.keys())].filter((name) => !(name in FILE)).toSorted();
}

/** What every file has in common. */
function fileOf<Param extends string>({
  respond: _,
  of: __,
  who = "export",
  ...list
}: FileEndpoint<Param>) {
  const common = { ...list, audit: "file.taken" as const, answers: { 200: jsonFile } };
  return who === "owner" ? { ...common, who, ofPart: false, body: null } : { ...common, who };
}
