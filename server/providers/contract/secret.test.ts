import { expect, it } from "vitest";
import { hmacKey } from "./secret.ts";

it("makes keys that it takes, with their prefix and without", () => {
  for (const prefix of ["", "whsec_"]) {
    const { make, refusalOf } = hmacKey(prefix);
    expect(refusalOf(make())).toBeNull();
    expect(make()).not.toBe(make());
    expect(Buffer.from(make().slice(prefix.length), "base64")).toHaveLength(32);
  }
});

it("refuses what is too short, no base64, or without its prefix", () => {
  const enough = Buffer.alloc(16, 3).toString("base64");
  const { refusalOf } = hmacKey("whsec_");
  expect(refusalOf(`whsec_${enough}`)).toBeNull();
  expect(refusalOf(`whsec_${enough.replace(/=+$/, "")}`)).toBeNull();
  const refusal =
    "must be whsec_ and then standard base64 of at least 16 bytes, as the provider shows it.";
  for (const other of ["", enough, "whsec_", "whsec_c2hvcnQ=", `whsec_${"_-".repeat(20)}`]) {
    expect(refusalOf(other)).toBe(refusal);
  }
  expect(hmacKey().refusalOf("c2hvcnQ=")).toMatch(/^must be standard base64/);
});
