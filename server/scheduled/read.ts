import { database } from "#db/connection/client.ts";
import { type ScheduledRow, scheduledById } from "#db/scheduled/reading-scheduled.ts";
import { aliasesOf, rostersOf, seenFor, watchedAmong } from "#db/scheduled/scheduled-people.ts";
import type { Reader } from "#db/sql/orm.ts";
import type { ExpectedFacts } from "#domain/scheduled/attendance.ts";
import type { EventsSeen } from "#domain/scheduled/pages.ts";
import type { Times } from "#domain/scheduled/scheduled.ts";
import type { Ms } from "#domain/time/ms.ts";

/** A scheduled meeting with the facts from which its attendance follows. */
export interface ScheduledWithFacts {
  row: ScheduledRow;
  facts: ExpectedFacts;
  /** By meeting id, the `seq` up to which events are in the facts. */
  eventsSeen: EventsSeen;
}

/**
 * The facts of scheduled meetings, in their order: three statements, however many, and one more where any was taken
 * from a calendar.
 */
export async function withFacts(
  rows: readonly ScheduledRow[],
  reader: Reader = database().orm,
): Promise<ScheduledWithFacts[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  // Whether an observer is sent to what a calendar has is decided elsewhere.
  const unsure = rows.flatMap(({ id, isFromCalendar }) => (isFromCalendar ? [id] : []));
  const [rosters, aliases, seen, watched] = await Promise.all([
    rostersOf(reader, ids),
    aliasesOf(reader, ids),
    seenFor(reader, ids),
    unsure.length > 0 ? watchedAmong(reader, unsure) : new Set<string>(),
  ]);
  const aliasOf = Map.groupBy(aliases, ({ scheduledId }) => scheduledId);
  const rosterOf = Map.groupBy(rosters, ({ scheduledId }) => scheduledId);
  const seenOf = Map.groupBy(seen, ({ scheduledId }) => scheduledId);
  return rows.map((row) => ({
    row,
    facts: {
      times: timesOf(row),
      roster: (rosterOf.get(row.id) ?? []).map(({ scheduledId: _, ...person }) => person),
      aliases: (aliasOf.get(row.id) ?? []).map(({ scheduledId: _, ...alias }) => alias),
      seen: (seenOf.get(row.id) ?? []).map(({ scheduledId: _, seq: __, ...person }) => person),
      graceMs: row.graceMs,
      knownUntil: knownUntil(row, !row.isFromCalendar || watched.has(row.id)),
    },
    eventsSeen: Object.fromEntries(
      (seenOf.get(row.id) ?? []).map(({ meetingId, seq }) => [meetingId, seq]),
    ),
  }));
}

/** One scheduled meeting with its facts; `null` where there is none, or it was withdrawn. */
export async function readScheduled(
  id: string,
  reader: Reader = database().orm,
): Promise<ScheduledWithFacts | null> {
  const row = await scheduledById(reader, id);
  const [one] = row === null ? [] : await withFacts([row], reader);
  return one ?? null;
}

/** From when on nothing is known of a scheduled meeting; `null` where it takes place and is watched. */
function knownUntil({ cancelledAt, startsAt }: ScheduledRow, isWatched: boolean): Ms | null {
  const unwatched = isWatched ? null : startsAt - 1;
  return cancelledAt === null ? unwatched : Math.min(cancelledAt, unwatched ?? cancelledAt);
}

function timesOf({ startsAt, endsAt, lateAfterMs, verdictAfterMs }: ScheduledRow): Times {
  return { startsAt, endsAt, lateAfterMs, verdictAfterMs };
}
