import type { AuditedKind } from "#domain/access/audit/audited.ts";
import type { ListName } from "#domain/lists/lists.ts";
import { actorOf, type Requester } from "#server/http/actor.ts";
import { type Asked, api, type Endpoint } from "#server/http/api.ts";
import type { NamedFailure } from "#server/http/failures.ts";
import { type Handler, type Handlers, handlers } from "#server/http/handlers.ts";
import { document, type Operation } from "#server/http/operation.ts";
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
  return through(
    formatsOf(lists),
    Object.entries(lists).map(([file, list]) => ({ ...fileOf(list), file })),
  );
}

/** A list as JSON at its name, and as a file in every format. */
export interface ListEndpoints {
  list: Endpoint;
  file: FileEndpoint;
}

/** The handlers of the route of all lists: each by its name as JSON, as `meetings`, and as a file, as `meetings.csv`. */
export function lists(
  all: Readonly<Record<ListName, ListEndpoints> & Record<string, ListEndpoints>>,
): Handlers<"file"> {
  const named = Object.entries(all);
  const routes = formatsOf(Object.fromEntries(named.map(([name, { file }]) => [name, file])));
  for (const [name, { list }] of named) routes.set(name, api<"file">({ GET: list }));
  return through(
    routes,
    named.flatMap(([name, { list, file }]) => [
      { ...list, list: name },
      { ...fileOf(file), file: name },
    ]),
  );
}

function formatsOf<Param extends string>(
  lists: Readonly<Record<string, FileEndpoint<Param>>>,
): Map<string, Handlers<Param | "file">> {
  return new Map(
    Object.entries(lists).flatMap(([name, list]) =>
      FILE_FORMATS.map((format) => [`${name}.${format}`, api({ GET: inFormat(list, format) })]),
    ),
  );
}

/** The handlers of a route that are others for each last part of its address; any other part is nowhere. */
function through<Param extends string>(
  routes: ReadonlyMap<string, Handlers<Param | "file">>,
  operations: readonly Operation[],
): Handlers<Param | "file"> {
  const by =
    (method: keyof Handlers<Param | "file">): Handler<Param | "file"> =>
    async (request, context) => {
      const route = routes.get((await context.params).file);
      return route === undefined ? unknownAddress() : route[method](request, context);
    };
  const GET = by("GET");
  document(GET, operations);
  return handlers({ GET }, { others: by("POST"), options: by("OPTIONS") });
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
