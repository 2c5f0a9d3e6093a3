import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { binOf, root } from "./project.mjs";

/** One offence per file: its path, its content, and the rule that must report it. */
const OFFENCES: [path: string, content: string, rule: string][] = [
  ...imports("domain", ["#db/offence.ts", "node:fs", "zod", "react"]),
  ...imports("db", ["#server/offence.ts", "#app/offence.ts", "#components/offence.ts", "react"]),
  ...imports("server/live", ["#app/offence.ts", "#components/offence.ts", "#bench/offence.ts"]),
  ...imports("server/providers/acme", [
    "#db/offence.ts",
    "#server/runtime/env.ts",
    "#server/providers/daily/verify.ts",
  ]),
  ["server/rooms/schema.ts", 'import { x } from "zod";\nx();\n', "noRestrictedImports"],
  [
    "server/people/schema.ts",
    'import { x } from "#server/people/page.ts";\nx();\n',
    "noRestrictedImports",
  ],
  ...imports("components/sync", [
    "#db/offence.ts",
    "#server/offence.ts",
    "#server/meetings/json.ts",
    "#app/offence.ts",
    "node:fs",
    "postgres",
    "drizzle-orm/pg-core",
  ]),
  ...imports("app/meetings", ["drizzle-orm", "postgres", "#bench/offence.ts"]),
  ...imports("mcp/src", ["#server/http/cursor.ts", "#client/src/rollcall.ts", "commander"]),
  ...imports("e2e", ["#domain/event/event.ts", "#server/runtime/env.ts"]),
  ...["domain", "db", "server", "server/providers/acme", "components", "app", "e2e"].flatMap(
    (folder): [string, string, string][] => [
      [`${folder}/up.ts`, 'import { x } from "../x.ts";\nx();\n', "noRestrictedImports"],
      [`${folder}/round.ts`, 'import { x } from "./y/../../x.ts";\nx();\n', "noRestrictedImports"],
    ],
  ),
  [
    "server/ingest/direct-door.test.ts",
    'import { x } from "#app/page.tsx";\nx();\n',
    "noRestrictedImports",
  ],
  ["domain/test-import.test.ts", 'import { x } from "zod";\nx();\n', "noRestrictedImports"],
  ["domain/clock.ts", "export const now = () => Date.now();\n", "noRestrictedGlobals"],
  ["domain/date.ts", "export const now = () => new Date();\n", "noRestrictedGlobals"],
  ["domain/env.ts", "export const home = () => process.env;\n", "noRestrictedGlobals"],
  ["domain/net.ts", 'export const get = () => fetch("/");\n', "noRestrictedGlobals"],
  ["domain/perf.ts", "export const now = () => performance.now();\n", "noRestrictedGlobals"],
  [
    "domain/wait-for.ts",
    "export const later = (f: () => void) => setTimeout(f, 1);\n",
    "noRestrictedGlobals",
  ],
  ["domain/global.ts", "export const now = () => globalThis.Date.now();\n", "noRestrictedGlobals"],
  [
    "server/cycle-a.ts",
    'import { b } from "./cycle-b.ts";\nexport const a = () => b();\n',
    "noImportCycles",
  ],
  [
    "server/cycle-b.ts",
    'import { a } from "./cycle-a.ts";\nexport const b = (): unknown => a();\n',
    "noImportCycles",
  ],
  [
    "server/float.ts",
    "async function work() {}\nexport const go = () => {\n  work();\n};\n",
    "noFloatingPromises",
  ],
  ["server/settings.ts", 'export const port = process.env["PORT"];\n', "noProcessEnv"],
  ["server/default.ts", "export default 1;\n", "noDefaultExport"],
  ["server/barrel.ts", 'export { readEnv } from "./env.ts";\n', "noBarrelFile"],
  ["server/anything.ts", "export const x: any = 1;\n", "noExplicitAny"],
  ["server/bang.ts", "export const first = (x: number[]) => x[0]!;\n", "noNonNullAssertion"],
  ["server/hidden.ts", `export const x = (name: string) => import("#app/" + name);\n`, "plugin"],
  ...["db/reading", "db", "server/live", "server/ingest"].map(
    (folder): [string, string, string] => [
      `${folder}/text.ts`,
      'import type { Orm } from "#db/connection/client.ts";\nexport const all = (orm: Orm) => orm.execute<{ id: string }>("table rooms");\n',
      "plugin",
    ],
  ),
  ["server/CamelCase.ts", "export const x = 1;\n", "useFilenamingConvention"],
  ["server/runtime/without-end.ts", 'import { x } from "./env";\nx();\n', "useImportExtensions"],
];

/** Imports that must stay allowed. */
const ALLOWED: [path: string, content: string][] = [
  [
    "domain/inside.ts",
    'import type { X } from "./clock.ts";\nimport type { Y } from "#domain/date.ts";\nexport type Z = X | Y;\n',
  ],
  [
    "domain/inside.test.ts",
    'import fc from "fast-check";\nimport { test } from "vitest";\nimport { x } from "./testing/x.ts";\ntest("x", () => fc.assert(x));\n',
  ],
  [
    "db/inside.ts",
    'import { sql } from "drizzle-orm";\nimport { x } from "#domain/x.ts";\nx(sql);\n',
  ],
  [
    "db/sql/batch.ts",
    'import type { Orm } from "./client.ts";\nexport const all = (orm: Orm) => orm.execute("table rooms");\n',
  ],
  [
    "server/live/asks.test.ts",
    'import type { Orm } from "#db/connection/client.ts";\nexport const all = (orm: Orm) => orm.execute("table rooms");\n',
  ],
  [
    "server/live/inside.ts",
    'import { Server } from "socket.io";\nimport { q } from "#db/q.ts";\nimport { x } from "#domain/x.ts";\nx(q, Server);\n',
  ],
  [
    "server/providers/acme/inside.ts",
    'import { createHmac } from "node:crypto";\nimport { x } from "#domain/x.ts";\nimport { p } from "#server/providers/contract/contract.ts";\nimport { y } from "./y.ts";\nx(p, y, createHmac);\n',
  ],
  [
    "components/live/inside.ts",
    'import { io } from "socket.io-client";\nimport { y } from "#components/y.ts";\nimport { x } from "#domain/x.ts";\nx(y, io);\n',
  ],
  [
    "server/ingest/direct-door.ts",
    'import { POST } from "#app/api/webhooks/[provider]/[source]/[[...more]]/route.ts";\nPOST();\n',
  ],
  [
    "server/waits/schema.ts",
    'import * as z from "zod/mini";\nimport { x } from "#domain/x.ts";\nimport { s } from "#server/sources/schema.ts";\ns(x, z);\n',
  ],
  [
    "components/waits/ask.ts",
    'export const schema = async () => (await import("#server/waits/schema.ts")).waiting;\n',
  ],
  [
    "app/meetings/page.tsx",
    'import { y } from "#components/y.ts";\nimport { q } from "#db/q.ts";\nimport { s } from "#server/s.ts";\nexport default function Page() {\n  return y(q, s);\n}\n',
  ],
  [
    "e2e/inside.spec.ts",
    'import { createHmac } from "node:crypto";\nimport { test } from "@playwright/test";\ntest("x", () => void createHmac);\n',
  ],
];

const WALLS = [
  "noRestrictedImports",
  "noRestrictedGlobals",
  "noDefaultExport",
  "noProcessEnv",
  "plugin",
];

interface Diagnostic {
  category: string;
  location: { path: string };
}

let folder: string;
let seen: Diagnostic[];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "rollcall-walls-"));
  for (const file of ["biome.json", ".gitignore", "package.json", "tsconfig.json"]) {
    cpSync(join(root, file), join(folder, file));
  }
  mkdirSync(join(folder, "server/boot"), { recursive: true });
  for (const plugin of ["plain-imports.grit", "plain-statements.grit"]) {
    cpSync(join(root, "server/boot", plugin), join(folder, "server/boot", plugin));
  }
  cpSync(join(root, "server/runtime/env.ts"), join(folder, "server/runtime/env.ts"));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  for (const [path, content] of [...OFFENCES, ...ALLOWED]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  const args = [
    binOf("@biomejs/biome", "biome"),
    "lint",
    "--colors=off",
    "--reporter=json",
    "--max-diagnostics=none",
  ];
  const lint = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
  seen = JSON.parse(lint.stdout).diagnostics;
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function rulesBrokenIn(path: string): string[] {
  return seen
    .filter(({ location }) => location.path === path)
    .map(({ category }) => category.split("/").at(-1) ?? category);
}

describe("a planted offence is reported", () => {
  test.each(OFFENCES)("%s", (path, content, rule) => {
    expect(rulesBrokenIn(path), content).toContain(rule);
  });
});

describe("an allowed import is not reported", () => {
  test.each(ALLOWED)("%s", (path, content) => {
    expect(
      rulesBrokenIn(path).filter((rule) => WALLS.includes(rule)),
      content,
    ).toEqual([]);
  });
});

test("every file that is listed as having plain SQL statements has one", () => {
  const list = readFileSync(join(root, "server/boot/plain-statements.grit"), "utf8");
  const files = [...list.matchAll(/r"\.\*\/([\w/-]+)\\\.ts"/g)].map(([, path]) => `${path}.ts`);
  expect(files.length).toBeGreaterThan(0);
  const texts = files.map((path) => readFileSync(join(root, path), "utf8"));
  expect(files.filter((_, index) => !/\.execute[<(]/.test(texts[index] ?? ""))).toEqual([]);
});

/** The same forbidden module in every form an import can take. */
function imports(from: string, modules: string[]): [string, string, string][] {
  return modules.flatMap((module) => {
    const name = module.replace(/[^a-z0-9]+/g, "-").replace(/^-|-ts$/g, "");
    const forms = {
      static: `import { x } from "${module}";\nx();\n`,
      effect: `import "${module}";\n`,
      type: `import type { X } from "${module}";\nexport type Y = X;\n`,
      inline: `import { type X } from "${module}";\nexport type Y = X;\n`,
      dynamic: `export const x = () => import("${module}");\n`,
      typed: `export type Y = import("${module}").X;\n`,
      template: `export const x = () => import(\`${module}\`);\n`,
      require: `import x = require("${module}");\nx();\n`,
      again: `export { x } from "${module}";\n`,
      all: `export * from "${module}";\n`,
    };
    return Object.entries(forms).map(([form, content]): [string, string, string] => [
      `${from}/${form}-${name}.ts`,
      content,
      // plain-imports.grit reports these two for any target.
      form === "typed" || form === "template" ? "plugin" : "noRestrictedImports",
    ]);
  });
}
