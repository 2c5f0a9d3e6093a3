import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "./project.mjs";

const KEYS = "components/sync/query-keys.ts";

test("every key of a query stands in one file, and no two kinds begin with one word", () => {
  const elsewhere = globSync("{components,app}/**/*.{ts,tsx}", { cwd: root }).filter(
    (file) =>
      file !== KEYS &&
      /queryKey:\s*\[|[gs]etQuer\w+(?:<\w+>)?\(\s*\[/.test(readFileSync(join(root, file), "utf8")),
  );
  expect(elsewhere).toEqual([]);
  const words = [...readFileSync(join(root, KEYS), "utf8").matchAll(/(\w+):[^[\n]*\["(\w+)"/g)];
  const kinds = new Map<string, string[]>();
  for (const [, name = "", word = ""] of words) kinds.set(word, [...(kinds.get(word) ?? []), name]);
  expect(kinds.size).toBeGreaterThan(10);
  expect([...kinds.values()].filter((names) => names.length > 1)).toEqual([
    ["allClaims", "claims"],
  ]);
});
