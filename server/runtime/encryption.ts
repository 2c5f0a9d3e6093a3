import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** A sealed value that this installation's key does not open. */
export class DecryptionError extends Error {
  override name = "DecryptionError";
}

/** Encrypts with AES-256-GCM under a key derived from `ROLLCALL_SECRET`. */
export function encrypt(plain: string, secret: string): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", keyOf(secret), iv);
  const body = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]);
}

/** Throws `SealBroken` when the value was sealed under another secret, or altered. */
export function decrypt(sealed: Uint8Array, secret: string): string {
  try {
    const decipher = createDecipheriv("aes-256-gcm", keyOf(secret), sealed.subarray(0, IV_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAuthTag(sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    const body = decipher.update(sealed.subarray(IV_BYTES + TAG_BYTES));
    return Buffer.concat([body, decipher.final()]).toString("utf8");
  } catch (cause) {
    throw new DecryptionError(
      "A stored secret does not open: ROLLCALL_SECRET is not the one it was sealed with.",
      { cause },
    );
  }
}

function keyOf(secret: string): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, "rollcall", "secrets at rest", 32));
}
