import type { Verification, WebhookRequest } from "#server/providers/contract/contract.ts";
import { textOf } from "#server/providers/contract/reading.ts";
import { isSignedBy } from "#server/providers/contract/signature.ts";
import { canonical } from "./canonical.ts";
import { SIGNATURE } from "./sign.ts";

/**
 * Whether Attendee signed the content of these bytes under a live secret. It signs a canonical form of the
 * body and no time, so age cannot be judged: a repeat is recognised by its `id` alone.
 */
export function verify({ raw, header, secrets }: WebhookRequest): Verification {
  const signature = header(SIGNATURE);
  if (!signature) return { ok: false, refusal: "signature_missing" };
  const text = textOf(raw);
  const message = text === null ? null : canonical(text);
  if (message === null || !isSignedBy(secrets, signature, "", message)) {
    return { ok: false, refusal: "signature_mismatch" };
  }
  return { ok: true };
}
