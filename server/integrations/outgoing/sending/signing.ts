import { randomBytes } from "node:crypto";
import type { Signing } from "#domain/integrations/outgoing/endpoint.ts";
import type { Ms } from "#domain/time/ms.ts";
import { signatureOf } from "#server/providers/contract/signature.ts";
import { provider } from "#server/providers/providers.ts";

const PREFIX = "whsec_";
const KEY_BYTES = 32;
/** What the keys of Standard Webhooks may have. */
const LEAST_BYTES = 24;
const MOST_BYTES = 64;

/** A new secret, as the receivers of that scheme take it. */
export function makeSecret(signing: Signing): string {
  const key = randomBytes(KEY_BYTES).toString("base64");
  return signing === "standard" ? `${PREFIX}${key}` : key;
}

/** Whether a text can be a secret: base64 of 24 to 64 bytes, also after the prefix of Standard Webhooks. */
export function isSecret(text: string): boolean {
  const key = keyIn(text);
  const bytes = Buffer.from(key, "base64");
  const isBase64 = bytes.toString("base64").replace(/=+$/, "") === key.replace(/=+$/, "");
  return isBase64 && bytes.length >= LEAST_BYTES && bytes.length <= MOST_BYTES;
}

function keyIn(secret: string): string {
  return secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret;
}

/** What is signed: the bytes that are sent, and the name they are sent under. */
interface Signed {
  id: string;
  body: string;
  at: Ms;
}

/**
 * The headers that show by whom a webhook is. `secrets` are those in use, newest first: Standard Webhooks signs with each
 * of them. The two providers sign once, so during a rotation it is with the older one, which receivers have for sure.
 */
export function signatureHeaders(
  signing: Signing,
  secrets: readonly string[],
  { id, body, at }: Signed,
): Record<string, string> {
  if (signing !== "standard") {
    const secret = secrets.at(-1);
    const by = provider(signing);
    if (secret === undefined || by === null) throw new Error("an endpoint has no secret");
    return by.sign(body, keyIn(secret), at);
  }
  const timestamp = String(Math.floor(at / 1000));
  const signatures = secrets.map((secret) => {
    const signature = signatureOf(keyIn(secret), `${id}.${timestamp}.`, body);
    if (signature === null) throw new Error("a secret of an endpoint is empty");
    return `v1,${signature}`;
  });
  return {
    "content-type": "application/json",
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": signatures.join(" "),
  };
}
