import { signatureOf } from "#server/providers/contract/signature.ts";
import { canonical } from "./canonical.ts";

export const SIGNATURE = "x-webhook-signature";

/**
 * The headers Attendee would send `body` with. The body is sent as given; its canonical form is signed, and
 * no time. Throws for a body that is not JSON and a secret that is not base64.
 */
export function sign(body: string, secret: string): Record<string, string> {
  const message = canonical(body);
  if (message === null)
    throw new Error("cannot sign: the body is not JSON that Attendee could have sent");
  const signature = signatureOf(secret, "", message);
  if (signature === null) throw new Error("cannot sign: the secret is not base64");
  return { "content-type": "application/json", [SIGNATURE]: signature };
}
