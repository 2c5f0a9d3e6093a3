import { z } from "zod";
import { type Handler, isOwn, METHODS } from "#server/http/handlers.ts";
import { type Operation, operationsOf } from "#server/http/operation.ts";
import { expectDocumented } from "./documented.ts";

declare global {
  interface ImportMeta {
    /** What Vite makes of the pattern: the modules by their paths. */
    glob(pattern: string, options: { eager: true }): Record<string, Record<string, unknown>>;
  }
}

/** The real modules of all routes below `app/api`, each by its folder: `v1/meetings/[id]`. */
const modules = Object.entries(import.meta.glob("/app/api/**/route.ts", { eager: true })).map(
  ([path, exports]) => ({
    folder: path.replace("/app/api/", "").replace("/route.ts", ""),
    exports,
  }),
);

/** A route, and what it exports by method. */
export interface ApiRoute {
  folder: string;
  exports: Readonly<Record<string, unknown>>;
}

export const routes: readonly ApiRoute[] = modules;

const anyParams = z.custom<Handler<string>>((value) => isOwn(value) !== null);

/**
 * Answers a request as the page framework would: by the route whose path fits best. Fails the test where the answer is
 * not as its route documents it.
 */
export async function answerOf(request: Request): Promise<Response> {
  const path = new URL(request.url).pathname.replace(/^\/api\//, "").split("/");
  const found = modules
    .flatMap(({ folder, exports }) => {
      const params = paramsOf(folder.split("/"), path);
      return params === null ? [] : [{ folder, exports, params }];
    })
    .toSorted((one, other) => (rankOf(one.folder) < rankOf(other.folder) ? -1 : 1))[0];
  if (found === undefined) throw new Error(`no route for ${request.url}`);
  const method = request.method === "HEAD" ? "GET" : request.method;
  const handler = anyParams.parse(found.exports[method]);
  const answer = await handler(request, { params: Promise.resolve(found.params) });
  const operation = operationAt(handler, found.params);
  if (operation !== null) await expectDocumented(operation, answer);
  return answer;
}

/** What a handler does at an address; `null` where it is no endpoint, or its address has no such file. */
function operationAt(handler: unknown, params: Record<string, string>): Operation | null {
  const all = operationsOf(handler);
  if (params["file"] === undefined) return all[0] ?? null;
  const asked = params["file"];
  return all.find(({ file, list }) => asked === list || asked?.startsWith(`${file}.`)) ?? null;
}

/** What the named parts of a route's path are in an address; `null` where it does not fit. */
function paramsOf(
  route: readonly string[],
  path: readonly string[],
): Record<string, string> | null {
  const params: Record<string, string> = {};
  for (const [index, part] of route.entries()) {
    if (part.startsWith("[[...")) return params;
    const own = path[index];
    if (own === undefined) return null;
    const [, name] = /^\[(\w+)\]$/.exec(part) ?? [];
    if (name !== undefined) params[name] = decodeURIComponent(own);
    else if (part !== own) return null;
  }
  return route.length === path.length ? params : null;
}

/** What is called by its name goes before what may be anything. */
function rankOf(folder: string): string {
  return folder.replaceAll(/\[\[[^\]]+\]\]/g, "~~").replaceAll(/\[[^\]]+\]/g, "~");
}

/** The methods that a route takes. */
export function methodsOf({ exports }: ApiRoute): string[] {
  return METHODS.filter((method) => isOwn(exports[method]) === true);
}
