import { tokenIn } from "#server/gate/caller.ts";
import {
  addressOf,
  callerIn,
  headersOf,
  inTime,
  isOurs,
  jsonErrorOf,
} from "#server/http/answer.ts";
import { processContext } from "#server/runtime/process-context.ts";

/*
 * The addresses under `/api/v1/bots` answer as Attendee does, mistakes included, so that whatever was
 * written for it can be pointed here. What the framework beneath it says is a `detail`, what its own code
 * says is an `error`.
 */

/** A refusal in Attendee's words. */
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

/** Every address here can be read, and nothing else. */
const ALLOW = { allow: "GET, HEAD, OPTIONS" };

/** Runs what answers a client of Attendee that shows a key of ours; whatever it throws becomes an answer. */
export async function answeringClient(
  request: Request,
  respond: (url: URL) => Promise<object>,
): Promise<Response> {
  try {
    const asked = admit(request).then(() => respond(addressOf(request)));
    return Response.json(await inTime(request, asked), { headers: ALLOW });
  } catch (error) {
    return refused(error);
  }
}

/** Any method but reading: strangers are told that they are strangers first. */
export async function notAllowed(request: Request): Promise<Response> {
  return answeringClient(request, async () => {
    throw new BotRefusal(405, { detail: `Method "${request.method}" not allowed.` });
  });
}

/** `OPTIONS`: which methods there are. */
export async function allowed(request: Request): Promise<Response> {
  try {
    await inTime(request, admit(request));
    return new Response(null, { status: 200, headers: ALLOW });
  } catch (error) {
    return refused(error);
  }
}

/** An address that is none, a slash at the end of a good one included. Needs no key. */
export async function nowhere(): Promise<Response> {
  return Response.json({ error: "Not found" }, { status: 404 });
}

/** Throws for a stranger. A header that is sent must be good: no session makes up for it. */
async function admit(request: Request): Promise<void> {
  const header = request.headers.get("authorization");
  if (header !== null && tokenIn(header) === null) {
    throw stranger("Invalid Authorization header. Should have this format: Token <api_key>");
  }
  if ((await callerIn(request)) !== null) return;
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
  const projected = jsonErrorOf(error);
  if (isOurs(projected)) processContext().log.error({ err: error }, "request failed");
  return Response.json(
    { detail: projected.message },
    { status: projected.status, headers: headersOf(projected) },
  );
}
