import { expect, it } from "vitest";
import { isSignedBy, signatureOf } from "./signature.ts";

it("signs and verifies with more secrets than it caches keys", () => {
  for (let i = 1; i <= 1_200; i += 1) {
    const secret = Buffer.from(`secret ${i}`).toString("base64");
    const signature = signatureOf(secret, "lead.", "body") ?? "";
    expect(isSignedBy(["", secret], signature, "lead.", Buffer.from("body"))).toBe(true);
    expect(isSignedBy(["", secret], signature, "lead", "body")).toBe(false);
  }
});

it("takes an empty secret for no secret, so that an empty signature proves nothing", () => {
  expect(signatureOf("", "", "body")).toBeNull();
  expect(isSignedBy(["", "!"], "", "", "body")).toBe(false);
});
