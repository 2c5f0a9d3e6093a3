import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { SETTINGS } from "#server/runtime/env.ts";
import { root } from "./project.mjs";

/** What the images, Node.js and the framework read. */
const OF_OTHERS = [
  ...["NODE_OPTIONS", "NODE_COMPILE_CACHE", "NEXT_TELEMETRY_DISABLED"],
  ...["POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD", "DOMAIN"],
];

/** What nobody sets who runs it. */
const OF_TESTS = ["NODE_ENV", "ROLLCALL_PROVIDER_API"];

const read = (path: string) => readFileSync(join(root, path), "utf8");
const found = (text: string, pattern: RegExp) =>
  [...text.matchAll(pattern)].map(([, one]) => one ?? "");

/** The names of variables as each of these files sets them. */
const NAMED = {
  Dockerfile: /^(?:ENV| {2}) ?([A-Z_]+)=/gm,
  "compose.yaml": /^ {6}([A-Z_]+): /gm,
  "docs/rollcall.service": /^(?:Environment=|# .*: )([A-Z_]+)=/gm,
  "docs/deploy.md": /(?:^|[\s`])((?:ROLLCALL|OIDC|SMTP|MAIL|DATABASE|POSTGRES)_[A-Z_]+)/gm,
};

const versions = z.record(z.string(), z.string());
const named = z.object({ dependencies: versions });
const lock = z.object({
  packages: z.record(
    z.string(),
    z.object({
      peerDependencies: versions.optional(),
      peerDependenciesMeta: z
        .record(z.string(), z.object({ optional: z.boolean().optional() }))
        .optional(),
    }),
  ),
});

describe.each(Object.entries(NAMED))("%s", (path, pattern) => {
  const text = read(path);

  test("sets only what is read", () => {
    const names = found(text, pattern);
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => !SETTINGS.includes(name) && !OF_OTHERS.includes(name))).toEqual(
      [],
    );
  });

  test("runs only what exists", () => {
    const scripts = found(text, /(?<=node |app\/|")((?:server|db)\/[\w/.-]+\.(?:ts|mjs))/g);
    expect(scripts.filter((script) => !existsSync(join(root, script)))).toEqual([]);
  });
});

test("the image is made of what exists, runs as nobody special, and is asked for its health", () => {
  const text = read("Dockerfile");
  const copied = found(text, /^COPY (?!--from)(.+) \S+$/gm).flatMap((paths) => paths.split(" "));
  expect(copied.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  const last = text.slice(text.lastIndexOf("FROM "));
  for (const part of ["USER node", "STOPSIGNAL SIGTERM", "/api/health", "ROLLCALL_DATA=/data"]) {
    expect(last).toContain(part);
  }
  expect(existsSync(join(root, "app/api/health/route.ts"))).toBe(true);
});

test("what a package of the image needs beside itself is named by us, because the image is pruned without asking them", () => {
  expect(read("Dockerfile")).toContain("npm prune --omit=dev --legacy-peer-deps");
  const { dependencies } = named.parse(JSON.parse(read("package.json")));
  const { packages } = lock.parse(JSON.parse(read("package-lock.json")));
  const missing = Object.keys(dependencies).flatMap((name) => {
    const { peerDependencies, peerDependenciesMeta } = packages[`node_modules/${name}`] ?? {};
    return Object.keys(peerDependencies ?? {})
      .filter((peer) => peerDependenciesMeta?.[peer]?.optional !== true)
      .filter((peer) => dependencies[peer] === undefined)
      .map((peer) => `${name} needs ${peer}`);
  });
  expect(missing).toEqual([]);
});

test("Compose gives the database its place, and Caddy what the example for it has", () => {
  const text = read("compose.yaml");
  expect(text).toContain("image: postgres:18");
  expect(text).toContain("postgres:/var/lib/postgresql\n");
  expect(text).toContain("read_only: true");
  const content = /content: \|\n((?: {6}.*\n)+)/.exec(text)?.[1] ?? "";
  const inCompose = content.replace(/^ {6}/gm, "").replaceAll("{$$DOMAIN}", "rollcall.example.com");
  const example = read("docs/Caddyfile").replaceAll("127.0.0.1:3000", "rollcall:3000");
  const plain = (config: string) =>
    config
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== "" && !line.startsWith("#"));
  expect(plain(inCompose)).toEqual(plain(example));
});

test("a stop has longer than it may take", () => {
  const most = Number(/DEADLINE_MS = (\d+)_000/.exec(read("server/runtime/stop.ts"))?.[1]);
  expect(Number(/stop_grace_period: (\d+)s/.exec(read("compose.yaml"))?.[1])).toBeGreaterThan(most);
  expect(Number(/TimeoutStopSec=(\d+)/.exec(read("docs/rollcall.service"))?.[1])).toBeGreaterThan(
    most,
  );
});

test("the table of settings in the README has every one, and no other", () => {
  const table = read("README.md").split("| variable ")[1]?.split("\n\n")[0] ?? "";
  expect(found(table, /^\| `([A-Z_]+)`/gm).toSorted()).toEqual(
    SETTINGS.filter((name) => !OF_TESTS.includes(name)).toSorted(),
  );
});
