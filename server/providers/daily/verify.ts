import type { Ms } from "#domain/time/ms.ts";
import type {
  SignatureRefusal,
  Verification,
  WebhookRequest,
} from "#server/providers/contract/contract.ts";
import { textOf } from "#server/providers/contract/reading.ts";
import { isSignedBy } from "#server/providers/contract/signature.ts";
import { leadOf, SIGNATURE, TIMESTAMP } from "./sign.ts";

/** Epoch seconds reach this in the year 5138, epoch milliseconds passed it in 1973. */
const SECONDS_END = 1e11;

/** Asks whether somebody listens; it is not signed. */
export const PING = '{"test":"test"}';

/** Daily's bare ping, sent when a webhook is made or revived, perhaps before its secret is known here. */
export function isPing(raw: Uint8Array): boolean {
  return raw.length <= 4 * PING.length && textOf(raw)?.trim() === PING;
}

/**
 * Whether Daily signed these bytes under a live secret, near enough to `now`.
 * The age is judged last, so that only a genuine delivery is refused as "outside tolerance".
 */
export function verify({ raw, header, secrets, now, toleranceMs }: WebhookRequest): Verification {
  const signature = header(SIGNATURE);
  if (!signature) return refused("signature_missing");
  const timestamp = header(TIMESTAMP);
  if (!timestamp) return refused("timestamp_missing");

  const lead = leadOf(timestamp);
  if (!isSignedBy(secrets, signature, lead, raw)) {
    const again = reserialised(raw);
    if (again === null || !isSignedBy(secrets, signature, lead, again))
      return refused("signature_mismatch");
  }

  if (toleranceMs !== null && !(Math.abs(now - momentOf(timestamp)) <= toleranceMs)) {
    return refused("timestamp_outside_tolerance");
  }
  return { ok: true };
}

/** The body as Daily's documentation signs it, for receivers behind a proxy that reformats JSON. */
function reserialised(raw: Uint8Array): string | null {
  const text = textOf(raw);
  if (text === null) return null;
  try {
    const again = JSON.stringify(JSON.parse(text));
    return again === text ? null : again;
  } catch {
    return null;
  }
}

/** Daily does not document the unit; both have been seen. `NaN` for what is not a number. */
function momentOf(timestamp: string): Ms {
  const value = /^\d+(\.\d+)?$/.test(timestamp) ? Number(timestamp) : Number.NaN;
  return value > SECONDS_END ? value : value * 1000;
}

function refused(refusal: SignatureRefusal): Verification {
  return { ok: false, refusal };
}
