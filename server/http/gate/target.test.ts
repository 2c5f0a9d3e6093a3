import fc from "fast-check";
import { expect, test } from "vitest";
import { targetOf } from "./target.ts";

test("a path of plain characters is read as every program reads it", () => {
  const path = fc.stringMatching(/^(?:\/[\w-]{1,8}){1,5}$/);
  fc.assert(
    fc.property(path, (plain) => {
      expect(new URL(plain, "http://localhost").pathname).toBe(plain);
      expect(decodeURIComponent(plain)).toBe(plain);
      expect(targetOf(plain, "localhost")).toEqual({ path: plain, search: "" });
    }),
  );
});
