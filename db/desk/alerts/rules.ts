import { asc, eq, getTableColumns } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import { alertRules } from "#db/schema/alerts.ts";
import type { Orm } from "#db/sql/orm.ts";
import type { AlertRule } from "#domain/desk/alerts/rule.ts";
import type { Ms } from "#domain/time/ms.ts";
import { isUuid } from "#domain/uuid.ts";

/** A rule with who made it last what it is. */
export interface StoredRule extends AlertRule {
  by: string;
}

/** What is entered of a rule. */
export type RuleInput = Omit<StoredRule, "id" | "since">;

type Row = typeof alertRules.$inferSelect;

/** Every rule, oldest first. */
export async function listRules(reader: Pick<Orm, "select">): Promise<StoredRule[]> {
  const rows = await reader
    .select(getTableColumns(alertRules))
    .from(alertRules)
    .orderBy(asc(alertRules.id));
  return rows.map(toRule);
}

/** One rule by its id; `null` where there is none. */
export async function ruleById(
  reader: Pick<Orm, "select">,
  id: string,
): Promise<StoredRule | null> {
  if (!isUuid(id)) return null;
  const [row] = await reader.select().from(alertRules).where(eq(alertRules.id, id));
  return row === undefined ? null : toRule(row);
}

/** Adds a rule. Returns its id. */
export async function addRule(orm: Pick<Orm, "insert">, rule: RuleInput, now: Ms): Promise<string> {
  const id = uuid();
  await orm.insert(alertRules).values({ id, ...toRow(rule), since: now });
  return id;
}

/** Makes a rule what is given, from now on. */
export async function changeRule(
  orm: Pick<Orm, "update">,
  id: string,
  rule: RuleInput,
  now: Ms,
): Promise<void> {
  await orm
    .update(alertRules)
    .set({ ...toRow(rule), since: now })
    .where(eq(alertRules.id, id));
}

/** Removes a rule. Its alerts stay. */
export async function removeRule(orm: Pick<Orm, "delete">, id: string): Promise<void> {
  await orm.delete(alertRules).where(eq(alertRules.id, id));
}

function toRow({ quiet, sources, rooms, groups, ...rule }: RuleInput): Omit<Row, "id" | "since"> {
  const { name, kind, isOn, afterMs, capacity, person, deed, repeatMs, urgentMs, by } = rule;
  return {
    ...{ name, kind, isOn, afterMs, capacity, person, deed, repeatMs, urgentMs, by },
    ...{ sources: sources && [...sources], rooms: rooms && [...rooms] },
    groups: groups && [...groups],
    ...{ quietFrom: quiet?.from ?? null, quietTo: quiet?.to ?? null },
  };
}

function toRule({ quietFrom, quietTo, ...row }: Row): StoredRule {
  const quiet = quietFrom === null || quietTo === null ? null : { from: quietFrom, to: quietTo };
  return { ...row, quiet };
}
