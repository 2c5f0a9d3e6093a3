import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** An encrypted value that this installation's key does not decrypt. */
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

/** Throws `DecryptionError` when the value was encrypted under another secret, or altered. */
export function decrypt(encrypted: Uint8Array, secret: string): string {
  try {
    const iv = encrypted.subarray(0, IV_BYTES);
    const decipher = createDecipheriv("aes-256-gcm", keyOf(secret), iv, {
      authTagLength: TAG_BYTES,
    });
    decipher.setAuthTag(encrypted.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    const body = decipher.update(encrypted.subarray(IV_BYTES + TAG_BYTES));
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
