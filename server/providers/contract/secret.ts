import { randomBytes } from "node:crypto";

/**
 * What a secret of a provider is. Each is stored as one text, as it was entered; only the provider's own `sign` and
 * `verify` take it apart.
 */
export interface SecretForm {
  /** `key_and_secret` is `key:secret`; `static_header` is a text that is sent with every webhook and signs nothing. */
  kind: "hmac_key" | "key_and_secret" | "text" | "public_key" | "static_header";
  /** What a text must be, to follow “--secret ”, where it can be no such secret; else `null`. */
  refusalOf(text: string): string | null;
  /** A new one, for providers that take ours. */
  make(): string;
}

const LEAST_BYTES = 16;
const MADE_BYTES = 32;

/** A key for HMAC in base64, after `prefix`. */
export function hmacKey(prefix = ""): SecretForm {
  const after = prefix === "" ? "" : `${prefix} and then `;
  const refusal = `must be ${after}standard base64 of at least ${LEAST_BYTES} bytes, as the provider shows it.`;
  return {
    kind: "hmac_key",
    refusalOf: (text) =>
      text.startsWith(prefix) && isKey(text.slice(prefix.length)) ? null : refusal,
    make: () => `${prefix}${randomBytes(MADE_BYTES).toString("base64")}`,
  };
}

function isKey(text: string): boolean {
  const bytes = Buffer.from(text, "base64");
  return bytes.length >= LEAST_BYTES && unpadded(bytes.toString("base64")) === unpadded(text);
}

function unpadded(base64: string): string {
  return base64.replace(/=+$/, "");
}
