import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { NO_WAITS } from "#domain/waits/wait-count.ts";
import { waitMetrics } from "#domain/waits/wait-metrics.ts";
import { DEFAULT_MEASURE } from "#domain/waits/waiting-page.ts";
import { root } from "./project.mjs";

/*
 * What the recipes in CONTRIBUTING.md end with, and nothing else holds: that a metric is documented,
 * and that a table is made by a migration.
 */

const apiDocument = readFileSync(join(root, "docs/api.md"), "utf8");

test("every metric of waits is in the document of the API", () => {
  const names = Object.keys(waitMetrics(NO_WAITS, DEFAULT_MEASURE));
  expect(names.length).toBeGreaterThan(10);
  expect(names.filter((name) => !apiDocument.includes(`\`${name}\``))).toEqual([]);
});

test("every table is made by a migration", () => {
  const schemas = globSync("db/schema/*.ts", { cwd: root }).map((file) =>
    readFileSync(join(root, file), "utf8"),
  );
  const tables = [...schemas.join("").matchAll(/= pgTable\(\s*"(\w+)"/g)].map(
    ([, name = ""]) => name,
  );
  expect(tables.length).toBe(schemas.join("").match(/= pgTable\(/g)?.length);
  const migrations = globSync("db/migrations/*.sql", { cwd: root }).map((file) =>
    readFileSync(join(root, file), "utf8"),
  );
  const sql = migrations.join("\n").toLowerCase();
  const isMade = (name: string) =>
    new RegExp(`(?:create table|rename to) (?:if not exists )?"?${name}"?[ ;]`).test(sql);
  expect(tables.filter((name) => !isMade(name))).toEqual([]);
});
