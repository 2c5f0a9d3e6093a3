import { createHmac } from "node:crypto";
import { z } from "zod";
import {
  beginRequest,
  giveUpRequest,
  type KeyedRequest,
  keepAnswer,
} from "#db/access/answered-requests.ts";
import { database } from "#db/connection/client.ts";
import { type Sight, sightKey } from "#domain/access/sight.ts";
import { decrypt, encrypt } from "#server/runtime/encryption.ts";
import { processContext } from "#server/runtime/process-context.ts";
import { actorOf, type Requester } from "./actor.ts";
import { ApiError } from "./answer.ts";
import { readBody } from "./request-body.ts";

const IDEMPOTENCY_KEY = "idempotency-key";

const kept = z.object({ status: z.number(), body: z.string() });

/**
 * Does what a request asks for, unless a request with its `Idempotency-Key` was done: then it is answered the same
 * again, and nothing is done. A request without one is done. What was refused or failed may be asked again.
 */
export async function once(
  request: Request,
  asking: Requester,
  act: (request: Request) => Promise<Response>,
): Promise<Response> {
  const key = request.headers.get(IDEMPOTENCY_KEY);
  if (key === null) return act(request);
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw new ApiError(400, "bad_idempotency_key", "An Idempotency-Key has 1 to 255 characters.");
  }
  const { kind, id } = actorOf(asking);
  const named: KeyedRequest = { caller: `${kind} ${id ?? ""}`, key };
  const body = await readBody(request);
  const { secret } = processContext().env;
  const { orm } = database();
  const fingerprint = fingerprintOf(request, body, { sight: asking.caller.sight, secret });
  const before = await beginRequest(orm, named, fingerprint, Date.now());
  if (before === "another") {
    const message = "This Idempotency-Key came with another request: use a new one for each.";
    throw new ApiError(422, "idempotency_key_reused", message);
  }
  if (before === "under_way") {
    const message =
      "The request with this Idempotency-Key is being done: ask again for its answer.";
    throw new ApiError(409, "request_under_way", message, { retryAfterSeconds: 1 });
  }
  if (before !== "begun") return replayed(decrypt(before.sealed, secret));
  let answer: Response;
  try {
    const { method, headers } = request;
    const sent = body.byteLength === 0 ? null : Buffer.from(body);
    answer = await act(new Request(request.url, { method, headers, body: sent }));
  } catch (error) {
    await giveUpRequest(orm, named);
    throw error;
  }
  return keptWith(named, answer, secret);
}

/** Of what is asked for and by whose eyes: whoever sees less by then is not answered what they saw before. */
function fingerprintOf(
  { method, url }: Request,
  body: Uint8Array,
  { sight, secret }: { sight: Sight; secret: string },
): Buffer {
  const { pathname, search } = new URL(url);
  return createHmac("sha256", `requests done once ${secret}`)
    .update(`${method} ${pathname}${search}\n${sightKey(sight)}\n`)
    .update(body)
    .digest();
}

/** Keeps an answer that can be given again: JSON, or nothing. It was done, so it is answered whatever becomes of that. */
async function keptWith(
  request: KeyedRequest,
  answer: Response,
  secret: string,
): Promise<Response> {
  const { status, headers } = answer;
  const type = headers.get("content-type");
  const isKept = (type === null || type.startsWith("application/json")) && status < 400;
  try {
    const { orm } = database();
    if (!isKept) {
      await giveUpRequest(orm, request);
      return answer;
    }
    const body = await answer.clone().text();
    await keepAnswer(orm, request, encrypt(JSON.stringify({ status, body }), secret));
  } catch (error) {
    processContext().log.error({ err: error }, "an answer could not be kept for its request");
  }
  return answer;
}

function replayed(text: string): Response {
  const { status, body } = kept.parse(JSON.parse(text));
  const again = { "idempotency-replayed": "true" };
  if (body === "") return new Response(null, { status, headers: again });
  return new Response(body, { status, headers: { ...again, "content-type": "application/json" } });
}
