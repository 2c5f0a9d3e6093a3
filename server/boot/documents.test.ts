import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "./project.mjs";

const DOCUMENTS = [
  "README.md",
  "ARCHITECTURE.md",
  "CONTRIBUTING.md",
  ...globSync("docs/**/*.md", { cwd: root }),
];

/** A path of the project begins with one of its folders, or is a file at the top. Patterns are skipped. */
const OURS =
  /^(?:\.\/)?(?:\.ci|app|bench|components|db|docs|domain|e2e|public|server)(?:\/[\w.()[\]@-]+)*\/?$/;
const TOP_FILE = /^[\w.-]+\.(?:json|ts|mjs|md|yml)$/;

describe.each(DOCUMENTS)("%s", (document) => {
  const text = readFileSync(join(root, document), "utf8");

  test("names only paths that exist", () => {
    const missing = pathsIn(text).filter((path) => !existsSync(join(root, path)));
    expect(missing).toEqual([]);
  });

  test("names only commands that exist", () => {
    const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    const named = [...text.matchAll(/npm run (?:-s )?([\w:-]+)/g)].map(([, name]) => name);
    expect(named.filter((name) => !(String(name) in scripts))).toEqual([]);
  });

  test("names no folder of one machine and no package registry", () => {
    expect(text).not.toMatch(/(?:^|[\s`"'(=])\/(?:home|root|work|Users|tmp|opt|mnt)\//m);
    expect(text).not.toMatch(/registry\.[\w-]+\.\w+|artifactory|verdaccio|\/npm\/v\d/i);
  });
});

test("the decision on dependencies names each of them, and no other", () => {
  const text = readFileSync(join(root, "docs/decisions/0005-dependencies.md"), "utf8");
  const { dependencies, devDependencies } = JSON.parse(
    readFileSync(join(root, "package.json"), "utf8"),
  );
  const lines = text.split("\n").filter((line) => line.startsWith("- "));
  const named = lines.flatMap((line) => [...(line.split(": ")[0]?.matchAll(/`([^`]+)`/g) ?? [])]);
  expect(named.map(([, name]) => name).sort()).toEqual(
    [...Object.keys(dependencies), ...Object.keys(devDependencies)].sort(),
  );
});

test("a path in backticks or in a link is checked, and other text is not", () => {
  const text =
    "See `server/runtime/env.ts`, [this](docs/nowhere.md) and `biome.json`; `npm start`, `left`.";
  expect(pathsIn(text)).toEqual(["server/runtime/env.ts", "biome.json", "docs/nowhere.md"]);
});

function pathsIn(markdown: string): string[] {
  const quoted = [...markdown.matchAll(/`([^`\n]+)`/g)];
  const linked = [...markdown.matchAll(/\]\(([^)\s#]+)/g)];
  return [...quoted, ...linked]
    .map(([, path]) => path ?? "")
    .filter((path) => OURS.test(path) || TOP_FILE.test(path));
}
