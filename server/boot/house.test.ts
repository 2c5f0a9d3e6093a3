import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { expect, test } from "vitest";
import { root } from "./project.mjs";

/** This number may only be lowered. */
const MOST_NAMES_TWICE = 0;

/** What is never part of the server: tests, what helps them, and what looks at the server from outside. */
const OF_TESTS = /\.test\.tsx?$|\/testing\/|^e2e\/|^bench\//;

const sources = spawnSync("git", ["ls-files", "*.ts", "*.tsx"], { cwd: root, encoding: "utf8" })
  .stdout.split("\n")
  .filter((path) => path !== "" && !path.startsWith("bench/baselines/"));
const textOf = new Map(sources.map((path) => [path, readFileSync(join(root, path), "utf8")]));

test("no two exported types have one name", () => {
  const named = /^export (?:abstract )?(?:interface|type|class) (\w+)/gm;
  const pathsByName = new Map<string, string[]>();
  for (const [path, text] of textOf) {
    // A schema and the type of what it parses may share a name.
    for (const name of new Set([...text.matchAll(named)].map(([, name = ""]) => name))) {
      pathsByName.set(name, [...(pathsByName.get(name) ?? []), path]);
    }
  }
  const twice = [...pathsByName].filter(([, paths]) => paths.length > 1);
  expect(twice.length, `${twice.map(([name, paths]) => `${name}: ${paths}`).join("\n")}`).toBe(
    MOST_NAMES_TWICE,
  );
});

test("what only tests import stands in a folder called testing", () => {
  // What is started and not imported: each of them is in use by itself.
  const { entry }: { entry: string[] } = JSON.parse(readFileSync(join(root, "knip.json"), "utf8"));
  const isStarted = (path: string) => path.startsWith("app/") || entry.includes(path);
  const importers = new Map<string, string[]>();
  for (const [path, target] of imports()) {
    importers.set(target, [...(importers.get(target) ?? []), path]);
  }
  const ofTests = new Set([...textOf.keys()].filter((path) => OF_TESTS.test(path)));
  const strays: string[] = [];
  for (let found = true; found; ) {
    found = false;
    for (const [path, by] of importers) {
      if (ofTests.has(path) || isStarted(path) || !by.every((one) => ofTests.has(one))) continue;
      ofTests.add(path);
      strays.push(path);
      found = true;
    }
  }
  expect(strays).toEqual([]);
});

test("no folder imports one that imports it, directly or through others", () => {
  const edges = new Map<string, Map<string, string>>();
  for (const [path, target] of imports()) {
    const [from, to] = [posix.dirname(path), posix.dirname(target)];
    if (from === to || OF_TESTS.test(path)) continue;
    const own = edges.get(from) ?? new Map<string, string>();
    edges.set(from, own.set(to, `${path} imports ${target}`));
  }
  expect(cycleIn(edges)).toEqual([]);
});

/** Every import of one file of ours by another, and every file that a worker is started with. */
function* imports(): Generator<[path: string, target: string]> {
  for (const [path, text] of textOf) {
    const named = /(?:from|import\(?|new URL\()\s*"([.#][^"]+)"/g;
    for (const [, specifier = ""] of text.matchAll(named)) {
      const target = specifier.startsWith("#")
        ? specifier.slice(1)
        : posix.join(posix.dirname(path), specifier);
      if (textOf.has(target)) yield [path, target];
    }
  }
}

/** The imports of one cycle, each from a folder to the next; empty where there is none. */
function cycleIn(edges: ReadonlyMap<string, ReadonlyMap<string, string>>): string[] {
  const done = new Set<string>();
  const path: string[] = [];
  const from = (folder: string): string[] => {
    if (done.has(folder)) return [];
    const at = path.indexOf(folder);
    if (at >= 0) {
      const round = [...path.slice(at), folder];
      return round.slice(1).map((next, n) => edges.get(round[n] ?? "")?.get(next) ?? "");
    }
    path.push(folder);
    for (const next of edges.get(folder)?.keys() ?? []) {
      const found = from(next);
      if (found.length > 0) return found;
    }
    path.pop();
    done.add(folder);
    return [];
  };
  for (const folder of edges.keys()) {
    const found = from(folder);
    if (found.length > 0) return found;
  }
  return [];
}
