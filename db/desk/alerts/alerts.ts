import {
  and,
  asc,
  desc,
  eq,
  getTableColumns,
  gt,
  isNotNull,
  isNull,
  or,
  type SQL,
  sql,
} from "drizzle-orm";
import { v7 as uuid } from "uuid";
import { callFunction } from "#db/connection/call.ts";
import type { ListCursor } from "#db/lists/list-cursor.ts";
import { sources } from "#db/schema/accounts.ts";
import { alerts } from "#db/schema/alerts.ts";
import { scheduledMeetings } from "#db/schema/operators.ts";
import { attendances, rooms } from "#db/schema/projected.ts";
import { sourceJson } from "#db/sources/source-json.ts";
import { isOneOf } from "#db/sql/batch.ts";
import type { Orm, Reader } from "#db/sql/orm.ts";
import type { AlertState, KeptAlert } from "#domain/desk/alerts/alert.ts";
import type { AlertChange } from "#domain/desk/alerts/evaluate.ts";
import type { Ms } from "#domain/time/ms.ts";
import { isUuid } from "#domain/uuid.ts";

type Row = typeof alerts.$inferSelect;

/** Held while alerts are changed: by whoever evaluates, and by whoever acknowledges. */
const ALERTS_LOCK = 0x414c5254;

/** Has all others who change alerts wait until the transaction is over. */
export async function lockAlerts(tx: Pick<Orm, "select">): Promise<void> {
  await callFunction(tx, sql`pg_advisory_xact_lock(${ALERTS_LOCK})`);
}

/** The alerts that are not over, and those that ended after a moment. */
export async function alertsSince(reader: Pick<Orm, "select">, since: Ms): Promise<KeptAlert[]> {
  const rows = await reader
    .select()
    .from(alerts)
    .where(or(isNull(alerts.overAt), gt(alerts.overAt, since)));
  return rows.map(toKept);
}

function toKept(row: Row): KeptAlert {
  const { id, ruleId, since, raisedAt, isUrgent, rungAt, rings } = row;
  const { acknowledgedAt, overAt, overFor, subject: key } = row;
  const { sourceId, roomId, meetingId, personId, scheduledId } = row;
  return {
    ...{ id, ruleId, since, raisedAt, isUrgent, rungAt, rings, acknowledgedAt, overAt, overFor },
    subject: { key, sourceId, roomId, meetingId, personId, scheduledId },
  };
}

/** Writes what changes of the alerts. Returns the ids of those that changed, in the order of the changes. */
export async function applyChanges(
  tx: Pick<Orm, "insert" | "update">,
  changes: readonly AlertChange[],
  now: Ms,
): Promise<string[]> {
  const ids: string[] = [];
  for (const change of changes) {
    if (change.kind === "raised") {
      const row = raisedRow(change, now);
      await tx.insert(alerts).values(row);
      ids.push(row.id);
    } else {
      await tx.update(alerts).set(setOf(change, now)).where(eq(alerts.id, change.id));
      ids.push(change.id);
    }
  }
  return ids;
}

function raisedRow(
  { rule, subject, since, overAt }: AlertChange & { kind: "raised" },
  now: Ms,
): Row {
  const { kind, deed, afterMs, capacity } = rule;
  const { key, ...about } = subject;
  return {
    ...{ id: uuid(), ruleId: rule.id, ruleName: rule.name, kind, deed, afterMs, capacity },
    ...{ subject: key, ...about, since, raisedAt: now, isUrgent: false, rungAt: now, rings: 1 },
    ...{ acknowledgedAt: null, acknowledgedBy: null },
    ...{ overAt, overFor: overAt === null ? null : "over" },
  };
}

function setOf(change: Exclude<AlertChange, { kind: "raised" }>, now: Ms) {
  const { kind } = change;
  switch (kind) {
    case "rung":
      return { rungAt: now, rings: sql`${alerts.rings} + 1`, isUrgent: change.isUrgent };
    case "moved": {
      const { key, ...about } = change.subject;
      return { ...about, subject: key, since: change.since };
    }
    case "reopened":
      return { overAt: null, overFor: null };
    case "over":
      return { overAt: change.at, overFor: change.why };
    default:
      return kind satisfies never;
  }
}

/** An alert with what it is about, by the names that these have now. */
export type AlertRow = Awaited<ReturnType<typeof listAlerts>>[number];

const { subject: _, ...SHOWN } = getTableColumns(alerts);

function selectAlerts(reader: Reader) {
  return reader
    .select({
      ...SHOWN,
      source: sourceJson(),
      room: sql<string | null>`coalesce(${rooms.key}, ${scheduledMeetings.room})`,
      title: sql<string | null>`coalesce(${scheduledMeetings.title}, ${rooms.title})`,
      name: attendances.name,
    })
    .from(alerts)
    .innerJoin(sources, eq(sources.id, alerts.sourceId))
    .leftJoin(rooms, eq(rooms.id, alerts.roomId))
    .leftJoin(scheduledMeetings, eq(scheduledMeetings.id, alerts.scheduledId))
    .leftJoin(
      attendances,
      and(eq(attendances.meetingId, alerts.meetingId), eq(attendances.personId, alerts.personId)),
    );
}

/** Alerts, those raised last first (with a `previous` cursor: those after it, nearest first). One statement. */
export function listAlerts(
  reader: Reader,
  state: AlertState | null,
  cursor: ListCursor<{ at: Ms; id: string }> | null,
  limit: number,
) {
  const back = cursor?.direction === "previous";
  const key = cursor && sql`(${cursor.key.at}::bigint, ${cursor.key.id}::uuid)`;
  const row = sql`(${alerts.raisedAt}, ${alerts.id})`;
  const direction = back ? asc : desc;
  const beyond = key === null ? undefined : back ? sql`${row} > ${key}` : sql`${row} < ${key}`;
  return selectAlerts(reader)
    .where(and(state === null ? undefined : isIn(state), beyond))
    .orderBy(direction(alerts.raisedAt), direction(alerts.id))
    .limit(limit);
}

/** All alerts that are not over, those raised last first, at most `limit`. One statement. */
export function openAlerts(reader: Reader, limit: number) {
  return selectAlerts(reader)
    .where(isNull(alerts.overAt))
    .orderBy(desc(alerts.raisedAt), desc(alerts.id))
    .limit(limit);
}

/** Some alerts by their ids. One statement. */
export function alertsByIds(reader: Reader, ids: readonly string[]) {
  return selectAlerts(reader).where(isOneOf(alerts.id, ids));
}

/** One alert by its id; `null` where there is none. */
export async function alertById(reader: Reader, id: string): Promise<AlertRow | null> {
  const [row] = isUuid(id) ? await alertsByIds(reader, [id]) : [];
  return row ?? null;
}

function isIn(state: AlertState): SQL | undefined {
  switch (state) {
    case "raised":
      return and(isNull(alerts.overAt), isNull(alerts.acknowledgedAt));
    case "acknowledged":
      return and(isNull(alerts.overAt), isNotNull(alerts.acknowledgedAt));
    case "over":
      return isNotNull(alerts.overAt);
    default:
      return state satisfies never;
  }
}

/** Acknowledges an alert. Whoever does it first does it; returns whether this was the first. */
export async function acknowledgeAlert(
  tx: Pick<Orm, "update" | "select">,
  id: string,
  by: string,
  now: Ms,
): Promise<boolean> {
  await lockAlerts(tx);
  const rows = await tx
    .update(alerts)
    .set({ acknowledgedAt: now, acknowledgedBy: by })
    .where(and(eq(alerts.id, id), isNull(alerts.acknowledgedAt), isNull(alerts.overAt)))
    .returning({ id: alerts.id });
  return rows.length > 0;
}

/** How many alerts are not over. */
export async function countOpenAlerts(reader: Reader): Promise<number> {
  const [row] = await reader
    .select({ count: sql<number>`count(*)::int` })
    .from(alerts)
    .where(isNull(alerts.overAt));
  return row?.count ?? 0;
}
