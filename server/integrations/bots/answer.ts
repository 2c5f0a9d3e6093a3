import { seeing } from "#db/access/sight/seeing.ts";
import {
  addressOf,
  allowedTo,
  headersOf,
  inTime,
  isOurs,
  jsonErrorOf,
} from "#server/http/answer.ts";
import { tagged } from "#server/http/entity-tag.ts";
import { type Caller, tokenIn } from "#server/http/gate/caller.ts";
import { Spending } from "#server/http/rate.ts";
import { shown } from "#server/http/shown.ts";
import { processContext } from "#server/runtime/process-context.ts";

/*
 * The addresses under `/api/v1/bots` answer as Attendee does, mistakes included, so that a client written for
 * Attendee can be pointed here. Errors of Attendee's framework have a `detail`, errors of its own code an
 * `error`.
 */

/** A refusal with the status and body that Attendee would send. */
export class BotRefusal extends Error {
  override name = "BotRefusal";
  readonly status: number;
  readonly body: { detail: string } | { error: string };
  constructor(status: number, body: BotRefusal["body"]) {
    super("detail" in body ? body.detail : body.error);
    this.status = status;
    this.body = body;
  }
}

/** Every address here is read-only. */
const ALLOW = { allow: "GET, HEAD, OPTIONS" };

/** Answers a client of Attendee that has a key of ours. An error that `respond` throws becomes an answer. */
export async function answeringClient(
  request: Request,
  respond: (url: URL) => Promise<object>,
): Promise<Response> {
  const spending = new Spending();
  try {
    const asked = admit(request).then((caller) => {
      spending.count(caller);
      const { sight } = caller;
      return seeing(sight, async () => shown(await respond(addressOf(request)), sight));
    });
    const answer = Response.json(await inTime(request, asked), { headers: ALLOW });
    return spending.toldIn(await tagged(request, answer));
  } catch (error) {
    return spending.toldIn(refused(error));
  }
}

/** Answers any method but reading: 401 without a valid key, else 405. */
export async function notAllowed(request: Request): Promise<Response> {
  return answeringClient(request, async () => {
    throw new BotRefusal(405, { detail: `Method "${request.method}" not allowed.` });
  });
}

/** Answers `OPTIONS` with the allowed methods. */
export async function allowed(request: Request): Promise<Response> {
  try {
    await inTime(request, admit(request));
    return new Response(null, { status: 200, headers: ALLOW });
  } catch (error) {
    return refused(error);
  }
}

/** Answers 404 for an unknown address, also for a known one with a slash at its end. Needs no key. */
export async function unknownAddress(): Promise<Response> {
  return Response.json({ error: "Not found" }, { status: 404 });
}

/** Throws 401 without a valid key or session, 403 for a key that may not read. A header that is sent must be valid, even with a session. */
async function admit(request: Request): Promise<Caller> {
  const header = request.headers.get("authorization");
  if (header !== null && tokenIn(header) === null) {
    throw stranger("Invalid Authorization header. Should have this format: Token <api_key>");
  }
  const caller = await allowedTo("read")(request);
  if (caller !== null) return caller;
  throw stranger(header === null ? "Missing Authorization header" : "Invalid or disabled API key");
}

function stranger(detail: string): BotRefusal {
  return new BotRefusal(401, { detail });
}

function refused(error: unknown): Response {
  if (error instanceof BotRefusal) {
    const { status, body } = error;
    const headers = status === 401 ? { ...ALLOW, "www-authenticate": "Token" } : ALLOW;
    return Response.json(body, { status, headers });
  }
  const apiError = jsonErrorOf(error);
  if (isOurs(apiError)) processContext().log.error({ err: error }, "request failed");
  return Response.json(
    { detail: apiError.message },
    { status: apiError.status, headers: headersOf(apiError) },
  );
}
