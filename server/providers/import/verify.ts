import type { Verification, WebhookRequest } from "#server/providers/contract/contract.ts";
import { isSignedBy } from "#server/providers/contract/signature.ts";
import { SIGNATURE } from "./sign.ts";

/** Whether these bytes were signed under a live secret. */
export function verify({ raw, header, secrets }: WebhookRequest): Verification {
  const signature = header(SIGNATURE);
  if (!signature) return { ok: false, refusal: "signature_missing" };
  const isSigned = isSignedBy(secrets, signature, "", raw);
  return isSigned ? { ok: true } : { ok: false, refusal: "signature_mismatch" };
}
