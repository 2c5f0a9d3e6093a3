import { describe, expect, test } from "vitest";
import { DecryptionError, decrypt, encrypt } from "./encryption.ts";

const key = "k".repeat(32);

describe("an encrypted secret", () => {
  test.each(["", "c2VjcmV0", "pässwörd 🔑", "x".repeat(10_000)])(
    "opens to what it was (%#)",
    (plain) => {
      expect(decrypt(encrypt(plain, key), key)).toBe(plain);
    },
  );

  test("is different each time, and contains nothing of the plain text", () => {
    const one = encrypt("a secret of some length", key);
    expect(one.equals(encrypt("a secret of some length", key))).toBe(false);
    expect(one.toString("latin1")).not.toContain("secret");
  });

  test("cannot be decrypted under another key", () => {
    expect(() => decrypt(encrypt("secret", key), "j".repeat(32))).toThrow(DecryptionError);
    expect(() => decrypt(encrypt("secret", key), "j".repeat(32))).toThrow(/ROLLCALL_SECRET/);
  });

  test("cannot be decrypted when any byte of it was altered", () => {
    const encrypted = encrypt("secret", key);
    for (const index of encrypted.keys()) {
      const altered = Buffer.from(encrypted);
      altered[index] = (altered[index] ?? 0) ^ 1;
      expect(() => decrypt(altered, key)).toThrow(DecryptionError);
    }
  });

  test("cannot be decrypted when it was cut short, at any length", () => {
    const encrypted = encrypt("secret", key);
    for (const length of encrypted.keys()) {
      expect(() => decrypt(encrypted.subarray(0, length), key)).toThrow(DecryptionError);
    }
  });
});
