import {
  and,
  desc,
  eq,
  exists,
  getTableColumns,
  gte,
  isNotNull,
  or,
  type SQL,
  sql,
} from "drizzle-orm";
import { waitHandlings } from "#db/schema/operators.ts";
import { attendances, waits } from "#db/schema/projected.ts";
import { isOneOf } from "#db/sql/batch.ts";
import { parts } from "#db/sql/dialect.ts";
import { jsonObject } from "#db/sql/json.ts";
import { madeOnce } from "#db/sql/made-once.ts";
import type { Reader } from "#db/sql/orm.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { FollowUpFilter, Handling } from "#domain/waits/handling.ts";

const {
  roomId: _room,
  startedAt: _at,
  participantId: _who,
  ...ENTERED
} = getTableColumns(waitHandlings);

/**
 * Whether one of `waitHandlings` is about one of `waits`: it was entered of a knock in it, of the same person. So what
 * was entered of a wait that turned out to have begun earlier, or to be a part of another, is of that one.
 */
export function isOfWait(): SQL | undefined {
  const { roomId, startedAt, participantId } = waitHandlings;
  const theirs = parts
    .select({ one: sql`1` })
    .from(attendances)
    .where(
      and(
        eq(attendances.meetingId, waits.meetingId),
        eq(attendances.personId, waits.personId),
        sql`${participantId} = any(${attendances.participantIds})`,
      ),
    );
  return and(
    eq(roomId, waits.roomId),
    gte(startedAt, waits.startedAt),
    sql`(${startedAt} = ${waits.startedAt} or ${waits.endedAt} is null or ${startedAt} < ${waits.endedAt})`,
    or(eq(participantId, waits.participantId), exists(theirs)),
  );
}

const ofWait = parts
  .select({ all: sql`json_agg(${jsonObject(ENTERED)})` })
  .from(waitHandlings)
  .where(isOfWait());

/** What was entered of one of `waits`; `null` for nothing. */
export const HANDLINGS = sql<Handling[] | null>`(${ofWait})`;

const latestFollowUp = parts
  .select({ followUp: waitHandlings.followUp })
  .from(waitHandlings)
  .where(and(isOfWait(), isNotNull(waitHandlings.followUpAt)))
  .orderBy(desc(waitHandlings.followUpAt), desc(waitHandlings.followUpBy))
  .limit(1);

/** Whether one of `waits` is followed up so. */
export function isFollowedUp(wanted: FollowUpFilter): SQL {
  switch (wanted) {
    case "open":
      return sql`(${latestFollowUp}) is null`;
    case "done":
      return sql`(${latestFollowUp}) is not null`;
    default:
      return sql`(${latestFollowUp}) = ${wanted}`;
  }
}

/** Of open waits of which something was entered: what. */
export interface HandledWait {
  meetingId: string;
  participantId: string;
  startedAt: Ms;
  handlings: Handling[];
}

/** What was entered of the people who wait for these meetings. One statement. */
export async function handlingsOfWaiting(
  reader: Reader,
  meetingIds: readonly string[],
): Promise<HandledWait[]> {
  const rows = await handledOf(reader, "once", { wanted: isOneOf(waits.meetingId, meetingIds) });
  return rows.flatMap(({ handlings, ...wait }) =>
    handlings === null ? [] : { ...wait, handlings },
  );
}

const handledOf = madeOnce((reader, { wanted }: { wanted: SQL }) =>
  reader
    .select({
      meetingId: waits.meetingId,
      participantId: waits.participantId,
      startedAt: waits.startedAt,
      handlings: HANDLINGS,
    })
    .from(waits)
    .where(and(wanted, eq(waits.outcome, "waiting").inlineParams())),
);
