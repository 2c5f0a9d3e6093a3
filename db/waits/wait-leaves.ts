import { and, between, eq, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { waits } from "#db/schema/projected.ts";
import { unnested } from "#db/sql/batch.ts";
import { parts } from "#db/sql/dialect.ts";
import { madeOnce } from "#db/sql/made-once.ts";
import type { Reader } from "#db/sql/orm.ts";
import { SAME_TRY_MS } from "#domain/people/people-left.ts";
import { isCountedAsLeft } from "#domain/waits/waiting.ts";
import type { WaitListRow } from "#domain/waits/waiting-page.ts";
import type { WaitOfList } from "./list-waits.ts";
import { personOf } from "./wait-filter.ts";
import { outcomeOf, outcomesOf } from "./wait-outcome.ts";
import type { WaitPlace } from "./waits.ts";

const { meetingId, participantId, startedAt } = waits;

/** Waits with how often the person left within a day before each, that one included. One statement, none for no waits. */
export async function withLeaves(
  reader: Reader,
  rows: readonly WaitOfList[],
): Promise<WaitListRow[]> {
  if (rows.length === 0) return [];
  // Each is found by its key, however many there are: one plan is right for all.
  const counted = await leavesOf(reader, "once", { listed: listedOf(rows).from });
  const leaves = new Map(counted.map((one) => [nameOf(one), one.leaves]));
  return rows.map((row) => ({ ...row, leaves: leaves.get(nameOf(row)) ?? 0 }));
}

function listedOf(rows: readonly WaitPlace[]) {
  return unnested("listed", { meetingId, participantId, startedAt }, rows);
}

const leavesOf = madeOnce((reader, { listed }: { listed: SQL }) => {
  const { of } = listedOf([]);
  return reader
    .select({ meetingId, participantId, startedAt, leaves: sql<number>`${leavesBefore()}` })
    .from(listed)
    .innerJoin(
      waits,
      and(
        eq(meetingId, of.meetingId),
        eq(participantId, of.participantId),
        eq(startedAt, of.startedAt),
      ),
    );
});

function nameOf({ meetingId, participantId, startedAt }: WaitPlace): string {
  return `${meetingId} ${startedAt} ${participantId}`;
}

const LEFT = outcomesOf((wait) => isCountedAsLeft(wait, "counted"));

function leavesBefore() {
  const leave = alias(waits, "leave");
  return parts
    .select({ leaves: sql`count(*)::int` })
    .from(leave)
    .where(
      and(
        eq(leave.roomId, waits.roomId),
        between(leave.startedAt, sql`${waits.startedAt} - ${SAME_TRY_MS}::bigint`, waits.startedAt),
        // As `hasOutcome`, but no index is looked up for each side of its `or`.
        sql`${outcomeOf(leave)} in ${sql.raw(LEFT)}`,
        sql`${personOf(leave)} = ${personOf(waits)}`,
      ),
    );
}
