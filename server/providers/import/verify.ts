import { isSignedBy, type Signed, type Verification } from "#server/providers/contract/provider.ts";
import { SIGNATURE } from "./sign.ts";

/** Whether these bytes were signed under a live secret. */
export function verify({ raw, header, secrets }: Signed): Verification {
  const signature = header(SIGNATURE);
  if (!signature) return { ok: false, refusal: "signature_missing" };
  const isSigned = isSignedBy(secrets, signature, "", raw);
  return isSigned ? { ok: true } : { ok: false, refusal: "signature_mismatch" };
}
