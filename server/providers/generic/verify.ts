import type {
  SignatureRefusal,
  Verification,
  WebhookRequest,
} from "#server/providers/contract/contract.ts";
import { isSignedBy } from "#server/providers/contract/signature.ts";
import { ID, keyIn, leadOf, SIGNATURE, TIMESTAMP, VERSION } from "./sign.ts";

/** While a sender changes its secret it signs with both. */
const MOST_SIGNATURES = 10;

/**
 * Whether one of the signatures is of these bytes under a live secret, near enough to `now`.
 * The age is judged last, so that only a genuine delivery is refused as "outside tolerance".
 */
export function verify({ raw, header, secrets, now, toleranceMs }: WebhookRequest): Verification {
  const given = header(SIGNATURE);
  if (!given) return refused("signature_missing");
  const timestamp = header(TIMESTAMP);
  if (!timestamp) return refused("timestamp_missing");
  const id = header(ID);

  const signatures = signaturesIn(given);
  const keys = secrets.map(keyIn);
  const lead = leadOf(id ?? "", timestamp);
  if (!id || !signatures.some((signature) => isSignedBy(keys, signature, lead, raw))) {
    return refused("signature_mismatch");
  }

  const at = /^\d{1,12}$/.test(timestamp) ? Number(timestamp) * 1000 : Number.NaN;
  if (toleranceMs !== null && !(Math.abs(now - at) <= toleranceMs)) {
    return refused("timestamp_outside_tolerance");
  }
  return { ok: true };
}

/** The signatures of our version in a list with spaces between; none where the list is not one. */
function signaturesIn(list: string): string[] {
  const parts = list.split(" ");
  if (parts.length > MOST_SIGNATURES || parts.includes("")) return [];
  return parts.flatMap((part) => (part.startsWith(VERSION) ? [part.slice(VERSION.length)] : []));
}

function refused(refusal: SignatureRefusal): Verification {
  return { ok: false, refusal };
}
