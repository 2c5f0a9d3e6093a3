import { database } from "#db/connection/client.ts";
import { failureOf, isRefusedValue } from "#db/connection/failure.ts";
import { type Caller, callerOf, tokenIn } from "#server/gate/caller.ts";
import { DeadlineExceeded, deadlineOf } from "#server/runtime/deadline.ts";
import { processContext } from "#server/runtime/process-context.ts";
import { mistakeIn, type Query } from "./parameters.ts";
import { BodyCut, BodyTooLarge, BodyTooSlow, TooMuchAtOnce } from "./request-body.ts";

/** How long an answer may take, and with the body that may have to come before it. */
const ANSWER_MS = 10_000;
const ANSWER_WITH_BODY_MS = 25_000;

/** A mistake in a request, to be told to whoever made it. */
export class ApiError extends Error {
  override name = "ApiError";
  readonly status: number;
  readonly code: string;
  /** What is wrong one by one, where that is more than the message says. */
  readonly details: readonly object[] | null;
  constructor(
    status: number,
    code: string,
    message: string,
    { details = null, ...options }: ErrorOptions & { details?: readonly object[] | null } = {},
  ) {
    super(message, options);
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

export function notFound(what: string): ApiError {
  return new ApiError(404, "not_found", `No such ${what}.`);
}

/**
 * What any failure is to whoever asked: the one place where errors become answers. What the database refuses
 * to look for is a mistake in the question; what no question should bring about is a fault of ours, and says so.
 */
export function jsonErrorOf(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  const projected = (status: number, code: string, message: string) =>
    new ApiError(status, code, message, { cause: error });
  if (error instanceof BodyTooLarge) {
    return projected(413, "body_too_large", "A request may have at most 1 MiB.");
  }
  if (error instanceof BodyTooSlow)
    return projected(408, "body_too_slow", "The body took too long.");
  if (error instanceof BodyCut)
    return projected(400, "body_cut", "The body was not sent to its end.");
  if (error instanceof TooMuchAtOnce) {
    return projected(503, "overloaded", "More is being sent at once than can be held. Try again.");
  }
  if (isRefusedValue(error)) {
    return projected(
      400,
      "bad_value",
      "Something in the request is no value that can be looked for.",
    );
  }
  if (error instanceof DeadlineExceeded || failureOf(error) !== "data") {
    return projected(503, "unavailable", "The database does not answer. Try again.");
  }
  return projected(500, "internal", "Something went wrong here. The log says what.");
}

/** Whether whoever runs the server has to hear of it too. */
export function isOurs({ status, code }: ApiError): boolean {
  return status >= 500 && code !== "overloaded";
}

/** What goes with the status. Whoever did not send all of a body is not listened to any more. */
export function headersOf({ status }: ApiError): Record<string, string> {
  return {
    ...(status === 503 && { "retry-after": "1" }),
    ...((status === 408 || status === 413 || status === 503) && { connection: "close" }),
  };
}

/** Runs what answers a request of `/api/v1` for a caller that is known. */
export async function answering(
  request: Request,
  query: Query,
  respond: (url: URL, caller: Caller) => Promise<Response>,
): Promise<Response> {
  const answered = async () => {
    const caller = await callerIn(request);
    return caller === null ? stranger() : respond(questionOf(request, query), caller);
  };
  return told(() => inTime(request, answered()));
}

/** The same for what takes as long as it takes, as what moves a whole file of meetings. */
export async function answeringAtLength(
  request: Request,
  query: Query,
  respond: (url: URL, caller: Caller) => Promise<Response>,
): Promise<Response> {
  return told(async () => {
    const caller = await inTime(request, callerIn(request));
    return caller === null ? stranger() : respond(questionOf(request, query), caller);
  });
}

function stranger(): Response {
  const message = "Send an API key: Authorization: Bearer <key>. `key create` makes one.";
  return failed(new ApiError(401, "unauthorized", message), { "www-authenticate": "Bearer" });
}

/** Runs what answers whoever knows the address, and turns whatever it throws into the one shape of errors. */
export async function answeringAnybody(
  request: Request,
  query: Query,
  respond: (url: URL) => Promise<Response>,
): Promise<Response> {
  return told(() => inTime(request, respond(questionOf(request, query))));
}

/** As the work, unless the database says nothing for too long: then the work is not waited for. */
export function inTime<T>(request: Request, work: Promise<T>): Promise<T> {
  return deadlineOf(request.body === null ? ANSWER_MS : ANSWER_WITH_BODY_MS).wait(work);
}

async function told(respond: () => Promise<Response>): Promise<Response> {
  try {
    return await respond();
  } catch (error) {
    const failure = jsonErrorOf(error);
    if (isOurs(failure)) processContext().log.error({ err: error }, "request failed");
    return failed(failure, headersOf(failure));
  }
}

/** An address with what is asked there. Throws 400 for what cannot be asked there. */
function questionOf(request: Request, query: Query): URL {
  const url = addressOf(request);
  const mistake = mistakeIn(url, query);
  if (mistake === null) return url;
  const { code, message, details } = mistake;
  throw new ApiError(400, code, message, { details });
}

/** Who sent a request; `null` for a stranger. */
export async function callerIn(request: Request): Promise<Caller | null> {
  const header = (name: string) => request.headers.get(name);
  return callerOf(
    {
      token: tokenIn(header("authorization")),
      cookies: header("cookie"),
      host: header("host"),
      origin: header("origin"),
    },
    database().orm,
    processContext().env.secret,
    Date.now(),
  );
}

/** The address as the caller knows it, so that links lead back the same way. */
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
