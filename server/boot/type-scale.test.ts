import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "./project.mjs";

/** Sizes, weights, leadings and spacings of letters that are no token of `app/tokens.css`. */
const MAGIC = [
  /(?<![\w-])(?:text|font|leading|tracking)-\[[^\]]*\]/g,
  /(?<![\w-])(?:text|font|leading|tracking)-\([^)]*\)/g,
  /\[(?:font-size|font-weight|line-height|letter-spacing):[^\]]*\]/g,
  /(?<![\w-])(?:fontSize|fontWeight|lineHeight|letterSpacing)\s*[:=]/g,
  /(?<![\w-])(?:font-size|line-height|letter-spacing|font):(?!\s*var\()/g,
  /(?<![\w-])font-weight:(?!\s*(?:var\(|100 900))/g,
];

const sources = spawnSync("git", ["ls-files", "app", "components"], { cwd: root, encoding: "utf8" })
  .stdout.split("\n")
  .filter((path) => /\.(?:tsx?|css)$/.test(path));

test("no text has a size, a weight or a leading that is not of the scale", () => {
  const found = sources.flatMap((path) => {
    const text = readFileSync(join(root, path), "utf8");
    return MAGIC.flatMap((one) => [...text.matchAll(one)].map(([words]) => `${path}: ${words}`));
  });
  expect(found).toEqual([]);
});

test("every step of the scale is used", () => {
  const tokens = readFileSync(join(root, "app/tokens.css"), "utf8");
  const steps = [...tokens.matchAll(/^ {2}--(text|font-weight|leading|tracking)-(\w+):/gm)];
  expect(steps.length).toBeGreaterThan(20);
  const used = sources.map((path) => readFileSync(join(root, path), "utf8")).join("\n");
  const unused = steps
    .map(([, kind = "", step = ""]) => ({ kind, step }))
    .filter(({ kind, step }) => {
      const asClass = new RegExp(`(?<![\\w-])${kind.replace("-weight", "")}-${step}(?![\\w-])`);
      return !asClass.test(used) && !used.includes(`var(--${kind}-${step})`);
    });
  expect(unused).toEqual([]);
});
