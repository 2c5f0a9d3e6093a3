import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from "node:crypto";

/** Making a key costs five times what signing with it does. Only live secrets of sources get here. */
const keys = new Map<string, KeyObject>();
const MOST_KEYS = 1_000;

function keyFrom(secret: string): KeyObject | null {
  const existing = keys.get(secret);
  if (existing) return existing;
  const bytes = Buffer.from(secret, "base64");
  if (bytes.length === 0) return null;
  if (keys.size >= MOST_KEYS) keys.clear();
  const key = createSecretKey(bytes);
  keys.set(secret, key);
  return key;
}

/**
 * HMAC-SHA256 of `lead` followed by `message`, in base64, under a secret in base64.
 * `null` for a secret that decodes to no bytes: anyone can sign with an empty key.
 */
export function signatureOf(
  secret: string,
  lead: string,
  message: string | Uint8Array,
): string | null {
  const key = keyFrom(secret);
  return key && createHmac("sha256", key).update(lead).update(message).digest("base64");
}

/** Whether any of `secrets` gives `signature`; compared in constant time. */
export function isSignedBy(
  secrets: readonly string[],
  signature: string,
  lead: string,
  message: string | Uint8Array,
): boolean {
  const given = Buffer.from(signature);
  return secrets.some((secret) => {
    const right = Buffer.from(signatureOf(secret, lead, message) ?? "");
    return right.length > 0 && right.length === given.length && timingSafeEqual(right, given);
  });
}
