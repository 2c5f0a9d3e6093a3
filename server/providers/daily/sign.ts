import type { Ms } from "#domain/time/ms.ts";
import { signatureOf } from "#server/providers/contract/signature.ts";

export const SIGNATURE = "x-webhook-signature";
export const TIMESTAMP = "x-webhook-timestamp";

/** The text before the body in the signed message. */
export function leadOf(timestamp: string): string {
  return `${timestamp}.`;
}

/** The headers Daily would send `body` with at `now`. Throws for a secret that is not base64. */
export function sign(body: string, secret: string, now: Ms): Record<string, string> {
  const timestamp = String(now);
  const signature = signatureOf(secret, leadOf(timestamp), body);
  if (signature === null) throw new Error("cannot sign: the secret is not base64");
  return { "content-type": "application/json", [SIGNATURE]: signature, [TIMESTAMP]: timestamp };
}
