import { database } from "#db/connection/client.ts";
import { deliveryById } from "#db/sources/deliveries/deliveries.ts";
import { type StoredSource, sourceById } from "#db/sources/sources.ts";
import { curlCommand } from "#domain/sources/deliveries/curl.ts";
import type { Ms } from "#domain/time/ms.ts";
import { actorOf, type Requester } from "#server/http/actor.ts";
import { ApiError } from "#server/http/answer.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { provider } from "#server/providers/providers.ts";
import { audit } from "#server/runtime/audit.ts";
import { decrypt } from "#server/runtime/encryption.ts";
import { processContext } from "#server/runtime/process-context.ts";
import { webhookPath } from "#server/sources/settings.ts";
import { goneOrUnknown, numberOf } from "./api.ts";
import { textOf } from "./body.ts";
import type * as answers from "./schema.ts";

/**
 * `POST /api/v1/deliveries/{id}/curl`: a command that sends the delivery again to this server, signed now as its provider
 * would. The secret itself is not given out, and it is noted who had it signed.
 */
export async function postCurl(
  id: string,
  url: URL,
  asking: Requester,
  now: Ms = Date.now(),
): Promise<Response> {
  const { orm, transaction } = database();
  const delivery = await deliveryById(orm, numberOf(id));
  if (delivery === null) throw await goneOrUnknown(numberOf(id));
  const source = await sourceById(orm, delivery.sourceId);
  const text = textOf(delivery.body);
  if (source === null || text === null || text === "") {
    throw notSignable("Its body is no text, or is no longer kept.");
  }
  const command = curlCommand({
    url: `${url.origin}${webhookPath(source.provider, source.id)}`,
    headers: signed(source, text, now),
    body: text,
  });
  await transaction((tx) =>
    audit(tx, actorOf(asking), {
      action: "delivery.signed",
      about: { kind: "source", id: source.id, label: source.name },
      details: { delivery: id },
    }),
  );
  const answer: AnswerOf<typeof answers.signedCurl> = { command };
  return Response.json(answer);
}

/** The headers with which its provider would send a body now, by the newest secret of the source. */
function signed(source: StoredSource, body: string, now: Ms): Record<string, string> {
  const own = provider(source.provider);
  const [newest] = source.secrets;
  if (own === null || own.connect === null || newest === undefined) {
    throw notSignable("Its source has no secret that signs.");
  }
  const secret = decrypt(newest.sealed, processContext().env.secret);
  try {
    return own.sign(body, secret, now);
  } catch (cause) {
    throw notSignable("Its provider could not have signed such a body.", { cause });
  }
}

function notSignable(why: string, options?: ErrorOptions): ApiError {
  return new ApiError(409, "not_signable", why, options);
}
