import { database } from "#db/connection/client.ts";
import { failureOf, isRefusedValue } from "#db/connection/failure.ts";
import { type Access, scopeFor } from "#domain/access/scope.ts";
import { isWhole } from "#domain/access/sight.ts";
import { UnreadableEvent } from "#domain/event/recorded.ts";
import { type Caller, callerOf, isAllowed, tokenIn } from "#server/http/gate/caller.ts";
import { DeadlineExceeded, deadlineOf } from "#server/runtime/deadline.ts";
import { processContext } from "#server/runtime/process-context.ts";
import { originOf } from "./actor.ts";
import type { FailureCode } from "./failures.ts";
import { mistakeIn, type Query } from "./parameters.ts";
import { BodyCut, BodyTooLarge, BodyTooSlow, TooMuchAtOnce } from "./request-body.ts";

/** How long an answer may take, and how long where a body has to arrive before it. */
const ANSWER_MS = 10_000;
const ANSWER_WITH_BODY_MS = 25_000;

type Beside = ErrorOptions & {
  details?: readonly object[] | null;
  retryAfterSeconds?: number | null;
};

/** A mistake in a request, reported to its sender as status, code and message. */
export class ApiError extends Error {
  override name = "ApiError";
  readonly status: number;
  readonly code: FailureCode | `bad_${string}`;
  /** The mistakes one by one, where there are more than the message names. */
  readonly details: readonly object[] | null;
  /** When it may be tried again, where that is known better than by the status. */
  readonly retryAfterSeconds: number | null;
  constructor(
    status: number,
    code: ApiError["code"],
    message: string,
    { details = null, retryAfterSeconds = null, ...options }: Beside = {},
  ) {
    super(message, options);
    this.retryAfterSeconds = retryAfterSeconds;
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

export function notFound(what: string): ApiError {
  return new ApiError(404, "not_found", `No such ${what}.`);
}

/**
 * The error that a caller is answered for any failure: the one place where errors become answers. A value that the
 * database refuses to look for is the caller's mistake (400); a failure without a known cause is ours (500).
 */
export function jsonErrorOf(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  const answer = (status: number, code: FailureCode, message: string) =>
    new ApiError(status, code, message, { cause: error });
  if (error instanceof BodyTooLarge) {
    return answer(413, "body_too_large", "A request may have at most 1 MiB.");
  }
  if (error instanceof BodyTooSlow) return answer(408, "body_too_slow", "The body took too long.");
  if (error instanceof BodyCut) return answer(400, "body_cut", "The body was not sent to its end.");
  if (error instanceof TooMuchAtOnce) {
    return answer(503, "overloaded", "More is being sent at once than can be held. Try again.");
  }
  if (error instanceof UnreadableEvent) {
    const why = `${error.message}. Perhaps a later version recorded it`;
    return answer(500, "unreadable_event", `This cannot be read now: ${why}.`);
  }
  if (isRefusedValue(error)) {
    return answer(400, "bad_value", "Something in the request is no value that can be looked for.");
  }
  if (error instanceof DeadlineExceeded || failureOf(error) !== "data") {
    return answer(503, "unavailable", "The database does not answer. Try again.");
  }
  return answer(500, "internal", "Something went wrong here. The log says what.");
}

/** Whether the error is also logged, for the operator of the server. */
export function isOurs({ status, code }: ApiError): boolean {
  return status >= 500 && code !== "overloaded";
}

/** The headers for the status. The connection is closed where the rest of a body may still arrive. */
export function headersOf({ status, retryAfterSeconds }: ApiError): Record<string, string> {
  const again = retryAfterSeconds ?? (status === 503 ? 1 : null);
  return {
    ...(again !== null && { "retry-after": String(again) }),
    ...((status === 408 || status === 413 || status === 503) && { connection: "close" }),
  };
}

/** Whoever knows the address: nobody is asked who they are. */
export async function anybody(): Promise<"anybody"> {
  return "anybody";
}

/**
 * Answers a request of the API; errors as JSON. `who` says who asks, `allowedTo` or `anybody`: 401 where that is not
 * known. 503 where it takes too long, unless it is `atLength`, as importing a whole file of meetings is.
 */
export async function answering<Who>(
  request: Request,
  { atLength = false, ...query }: Query & { atLength?: boolean },
  who: (request: Request) => Promise<Who | null>,
  respond: (url: URL, who: Who) => Promise<Response>,
): Promise<Response> {
  return withErrors(async () => {
    const deadline = answerDeadline(request);
    const asking = await deadline.wait(who(request));
    if (asking === null) return unauthorized();
    const answer = respond(checkedAddressOf(request, query), asking);
    return atLength ? answer : deadline.wait(answer);
  });
}

function unauthorized(): Response {
  const message = "Send an API key: Authorization: Bearer <key>. `key create` makes one.";
  return failed(new ApiError(401, "unauthorized", message), { "www-authenticate": "Bearer" });
}

/** Resolves as the work; rejects with `DeadlineExceeded` where it takes too long, and the work goes on. */
export function inTime<T>(request: Request, work: Promise<T>): Promise<T> {
  return answerDeadline(request).wait(work);
}

function answerDeadline({ body }: Request) {
  return deadlineOf(body === null ? ANSWER_MS : ANSWER_WITH_BODY_MS);
}

async function withErrors(respond: () => Promise<Response>): Promise<Response> {
  try {
    return await respond();
  } catch (error) {
    const failure = jsonErrorOf(error);
    if (isOurs(failure)) processContext().log.error({ err: error }, "request failed");
    return failed(failure, headersOf(failure));
  }
}

/** The address of a request. Throws 400 where its query has parameters that the endpoint does not take. */
function checkedAddressOf(request: Request, query: Query): URL {
  const url = addressOf(request);
  const mistake = mistakeIn(url, query);
  if (mistake === null) return url;
  const { code, message, details } = mistake;
  throw new ApiError(400, code, message, { details });
}

/**
 * Who sent a request, `null` where the sender is not known. Throws 403 where they may not do such a thing, and where it
 * is about the whole installation (`ofPart` is false) and they see a part of it; `refused` is told first.
 */
export function allowedTo(
  access: Access,
  { ofPart = true }: { ofPart?: boolean } = {},
  refused: (caller: Caller) => void = () => undefined,
): (request: Request) => Promise<Caller | null> {
  return async (request) => {
    const caller = await callerIn(request);
    if (caller !== null && !isAllowed(caller, access)) {
      refused(caller);
      throw new ApiError(403, "forbidden", forbiddenWords(access, caller));
    }
    if (caller !== null && !ofPart && !isWhole(caller.sight)) {
      throw new ApiError(
        403,
        "forbidden",
        "That is about the whole installation, of which you see a part.",
      );
    }
    return caller;
  };
}

function forbiddenWords(access: Access, { kind }: Caller): string {
  if (kind === "member") {
    const who = access === "owner" || access === "manage" ? "an owner" : "an operator";
    return `Your role does not let you do that: ${who} can.`;
  }
  const scope = scopeFor(access);
  return scope === null
    ? "No key may do that: a person does it, on the page of settings."
    : `This key may not ${scope}: it was made without that.`;
}

async function callerIn(request: Request): Promise<Caller | null> {
  const header = (name: string) => request.headers.get(name);
  const token = tokenIn(header("authorization"));
  const caller = await callerOf(
    { token, cookies: header("cookie") },
    database().orm,
    processContext().env.secret,
    Date.now(),
  );
  if (caller === null && token !== null) {
    const { address } = originOf(request.headers);
    processContext().log.warn({ address }, "a key was refused: it is unknown, revoked or expired");
  }
  return caller;
}

/** The address as the caller sees it, so that links lead back to the same host. */
export function addressOf(request: Request): URL {
  const { publicUrl } = processContext().env;
  const { pathname, search, origin } = new URL(request.url);
  const own = URL.parse(`http://${request.headers.get("host")}`);
  return new URL(pathname + search, publicUrl ?? own?.origin ?? origin);
}

function failed(
  { status, code, message, details }: ApiError,
  headers: Record<string, string> = {},
): Response {
  const error = { code, message, ...(details && { details }) };
  return Response.json({ error }, { status, headers });
}
