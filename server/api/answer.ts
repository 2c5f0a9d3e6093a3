import { database } from "#db/client.ts";
import { type Caller, callerOf, tokenIn } from "#server/auth/caller.ts";
import { BodyTooLarge } from "#server/ingest/body.ts";
import { surroundings } from "#server/process.ts";

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

/** Runs what answers a request of `/api/v1` for a caller that is known. */
export async function answering(
  request: Request,
  respond: (url: URL, caller: Caller) => Promise<Response>,
): Promise<Response> {
  return answeringAnybody(request, async (url) => {
    const caller = await callerIn(request);
    if (caller === null) {
      const message = "Send an API key: Authorization: Bearer <key>. `key create` makes one.";
      return failed(new ApiError(401, "unauthorized", message), { "www-authenticate": "Bearer" });
    }
    return respond(url, caller);
  });
}

/** Runs what answers whoever knows the address, and turns whatever it throws into the one shape of errors. */
export async function answeringAnybody(
  request: Request,
  respond: (url: URL) => Promise<Response>,
): Promise<Response> {
  try {
    return await respond(addressOf(request));
  } catch (error) {
    if (error instanceof ApiError) return failed(error);
    if (error instanceof BodyTooLarge) {
      return failed(new ApiError(413, "body_too_large", "A request may have at most 1 MiB."));
    }
    surroundings().log.error({ err: error }, "request failed");
    return failed(new ApiError(503, "unavailable", "The database does not answer. Try again."), {
      "retry-after": "1",
    });
  }
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
    surroundings().env.secret,
    Date.now(),
  );
}

/** The address as the caller knows it, so that links lead back the same way. */
export function addressOf(request: Request): URL {
  const { publicUrl } = surroundings().env;
  const { pathname, search, origin } = new URL(request.url);
  const host = request.headers.get("host");
  return new URL(pathname + search, publicUrl ?? (host === null ? origin : `http://${host}`));
}

function failed(
  { status, code, message, details }: ApiError,
  headers: Record<string, string> = {},
): Response {
  const error = { code, message, ...(details && { details }) };
  return Response.json({ error }, { status, headers });
}
