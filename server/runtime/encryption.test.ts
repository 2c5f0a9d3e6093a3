import { describe, expect, test } from "vitest";
import { DecryptionError, decrypt, encrypt } from "./encryption.ts";

const key = "k".repeat(32);

describe("a sealed secret", () => {
  test.each(["", "c2VjcmV0", "pässwörd 🔑", "x".repeat(10_000)])(
    "opens to what it was (%#)",
    (plain) => {
      expect(decrypt(encrypt(plain, key), key)).toBe(plain);
    },
  );

  test("looks different each time, and like nothing of what it was", () => {
    const one = encrypt("a secret of some length", key);
    expect(one.equals(encrypt("a secret of some length", key))).toBe(false);
    expect(one.toString("latin1")).not.toContain("secret");
  });

  test("does not open under another key", () => {
    expect(() => decrypt(encrypt("secret", key), "j".repeat(32))).toThrow(DecryptionError);
    expect(() => decrypt(encrypt("secret", key), "j".repeat(32))).toThrow(/ROLLCALL_SECRET/);
  });

  test("does not open when any byte of it was altered", () => {
    const sealed = encrypt("secret", key);
    for (const index of sealed.keys()) {
      const altered = Buffer.from(sealed);
      altered[index] = (altered[index] ?? 0) ^ 1;
      expect(() => decrypt(altered, key)).toThrow(DecryptionError);
    }
  });

  test("does not open when it was cut short, at any length", () => {
    const sealed = encrypt("secret", key);
    for (const length of sealed.keys()) {
      expect(() => decrypt(sealed.subarray(0, length), key)).toThrow(DecryptionError);
    }
  });
});
