import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { getTableName, is, Table } from "drizzle-orm";
import { expect, test } from "vitest";
import * as accounts from "#db/schema/accounts.ts";
import * as alerts from "#db/schema/alerts.ts";
import * as audit from "#db/schema/audit.ts";
import * as classLists from "#db/schema/class-lists.ts";
import * as erased from "#db/schema/erased.ts";
import * as facts from "#db/schema/facts.ts";
import * as groups from "#db/schema/groups.ts";
import * as members from "#db/schema/members.ts";
import * as operators from "#db/schema/operators.ts";
import * as outgoing from "#db/schema/outgoing.ts";
import * as people from "#db/schema/people.ts";
import * as projected from "#db/schema/projected.ts";
import * as shares from "#db/schema/shares.ts";
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
  const exported = [
    accounts,
    alerts,
    audit,
    classLists,
    erased,
    facts,
    groups,
    members,
    operators,
    outgoing,
    people,
    projected,
    shares,
  ].flatMap((file) => Object.values<unknown>(file));
  const tables = exported.flatMap((one) => (is(one, Table) ? [getTableName(one)] : []));
  const files = globSync("db/schema/*.ts", { cwd: root }).map((file) =>
    readFileSync(join(root, file), "utf8"),
  );
  expect(tables.length).toBe(files.join("").match(/= pgTable\(/g)?.length);
  const migrations = globSync("db/migrations/*.sql", { cwd: root }).map((file) =>
    readFileSync(join(root, file), "utf8"),
  );
  const sql = migrations.join("\n").toLowerCase();
  const isMade = (name: string) =>
    new RegExp(`(?:create table|rename to) (?:if not exists )?"?${name}"?[ ;]`).test(sql);
  expect(tables.filter((name) => !isMade(name))).toEqual([]);
});
