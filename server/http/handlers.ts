/** Every method that an address may take. */
export const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
export type Method = (typeof METHODS)[number];

/** Answers a request; `params` are the parts of its path that its route names. */
export type Handler<Param extends string = never> = (
  request: Request,
  context: { params: Promise<Record<Param, string>> },
) => Promise<Response>;

/** What a route exports: an answer to every method, also to those that its address does not take. */
export type Handlers<Param extends string> = Record<Method | "OPTIONS", Handler<Param>>;

/** Every handler that was made here, and whether it is its route's own or answers the methods that the route lacks. */
const made = new WeakMap<object, "own" | "other">();

/**
 * The handlers of a route: its own, `others` for the methods that it does not have, and `options`, which lists them.
 * `HEAD` is `GET` without a body; the page framework sees to that.
 */
export function handlers<Param extends string = never>(
  own: Partial<Record<Method, Handler<Param>>>,
  {
    others = notAllowed(own),
    options = allowed(own),
  }: { others?: Handler<Param>; options?: Handler<Param> } = {},
): Handlers<Param> {
  const all = {
    GET: own.GET ?? others,
    POST: own.POST ?? others,
    PUT: own.PUT ?? others,
    PATCH: own.PATCH ?? others,
    DELETE: own.DELETE ?? others,
    OPTIONS: options,
  };
  for (const handler of Object.values(all)) made.set(handler, "other");
  for (const handler of Object.values(own)) made.set(handler, "own");
  return all;
}

/** Whether something that a route exports was made here; `null` where it was not. */
export function isOwn(value: unknown): boolean | null {
  const kind = typeof value === "function" ? made.get(value) : undefined;
  return kind === undefined ? null : kind === "own";
}

function allowOf(own: Partial<Record<Method, unknown>>): string {
  const methods = METHODS.filter((method) => own[method] !== undefined);
  const withHead = methods.flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method]));
  return [...withHead, "OPTIONS"].join(", ");
}

function notAllowed(own: Partial<Record<Method, unknown>>) {
  const allow = allowOf(own);
  const error = { code: "method_not_allowed", message: `This address takes ${allow}.` };
  return async () => Response.json({ error }, { status: 405, headers: { allow } });
}

function allowed(own: Partial<Record<Method, unknown>>) {
  const headers = { allow: allowOf(own) };
  return async () => new Response(null, { status: 204, headers });
}
