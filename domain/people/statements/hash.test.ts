import { expect, test } from "vitest";
import { readHash } from "./hash.ts";

test("a hash is read in groups, in upper or lower case, and only whole", () => {
  const hash = "ed7447db".repeat(8);
  expect(readHash(hash)).toEqual({ hash, wrong: null });
  expect(readHash(` ${hash.toUpperCase().replace(/(.{8})/g, "$1 ")}-`).hash).toBe(hash);
  expect(readHash("ed7447db 0c1b533d").wrong).toBe(
    "not the whole hash: it has 64 digits and letters, and this has 16",
  );
  expect(readHash(`${hash}0`).wrong).toMatch(/and this has 65$/);
  expect(readHash(hash.replace("e", "g")).wrong).toMatch(/^not a hash:/);
});
