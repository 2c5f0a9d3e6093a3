import type { Ms } from "#domain/time/ms.ts";
import { sha256 } from "#server/providers/contract/reading.ts";
import { signatureOf } from "#server/providers/contract/signature.ts";

export const ID = "webhook-id";
export const TIMESTAMP = "webhook-timestamp";
export const SIGNATURE = "webhook-signature";

export const PREFIX = "whsec_";
/** The version of a signature by a shared key. */
export const VERSION = "v1,";

/** The key in a secret, in base64. Without its prefix a secret is the same one. */
export function keyIn(secret: string): string {
  return secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret;
}

/** The text before the body in the signed message. */
export function leadOf(id: string, timestamp: string): string {
  return `${id}.${timestamp}.`;
}

/** The headers to send `body` with at `now`. Throws for a secret that is not base64. */
export function sign(body: string, secret: string, now: Ms): Record<string, string> {
  const id = `msg_${sha256(body).slice(0, 32)}`;
  const timestamp = String(Math.floor(now / 1000));
  const signature = signatureOf(keyIn(secret), leadOf(id, timestamp), body);
  if (signature === null) throw new Error("cannot sign: the secret is not base64");
  return {
    "content-type": "application/json",
    [ID]: id,
    [TIMESTAMP]: timestamp,
    [SIGNATURE]: `${VERSION}${signature}`,
  };
}
