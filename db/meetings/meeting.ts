import { and, between, desc, eq, gt, isNull, lte, ne, type SQL, sql } from "drizzle-orm";
import { unionAll } from "drizzle-orm/pg-core";
import { sources } from "#db/schema/accounts.ts";
import { events } from "#db/schema/facts.ts";
import { meetings, rooms, waits } from "#db/schema/projected.ts";
import { SOURCE } from "#db/sources/source-json.ts";
import { isOneOf, unnested } from "#db/sql/batch.ts";
import { parts } from "#db/sql/dialect.ts";
import { madeOnce } from "#db/sql/made-once.ts";
import type { Reader } from "#db/sql/orm.ts";
import type { Recorded } from "#domain/event/recorded.ts";
import { eachLeftCount } from "#domain/meetings/left-counts.ts";
import type { Ms } from "#domain/time/ms.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { isUuid } from "#domain/uuid.ts";

/** Of `rooms`: the key and title of a room. */
export const IN_ROOM = { room: rooms.key, title: rooms.title };

/** Of `meetings`: whether one goes on, and from when to when it took place. */
export const SPAN = {
  status: meetings.status,
  startedAt: meetings.startedAt,
  endedAt: meetings.endedAt,
};

/** A meeting with its room and source, without its people; of `meetings`, `rooms` and `sources`. */
export const MEETING = {
  id: meetings.id,
  seq: meetings.seq,
  ...SPAN,
  roomId: sql<string>`${rooms.id}::text`,
  ...IN_ROOM,
  endedBy: meetings.endedBy,
  providerIds: meetings.providerIds,
  presentCount: meetings.presentCount,
  waitingCount: meetings.waitingCount,
  peopleCount: meetings.peopleCount,
  /** Note-takers, who are not among the people. */
  noteTakerCount: meetings.noteTakerCount,
  /** What is counted of the waits beside the events: `countLeft` writes it. */
  left: eachLeftCount(({ name }) => meetings[name]),
  observer: meetings.observer,
  peakCount: meetings.peakCount,
  peakAt: meetings.peakAt,
  /** Never `null`: every meeting was heard of. */
  firstAt: sql<Ms>`${meetings.firstAt}`,
  overtakenAt: meetings.overtakenAt,
  mergedInto: meetings.mergedInto,
  erasedAt: meetings.erasedAt,
  erasedReason: meetings.erasedReason,
  source: {
    ...SOURCE,
    emptyGapMs: sources.emptyGapMs,
    graceMs: sources.graceMs,
    noteTakers: sources.noteTakers,
  },
};

export type MeetingRow = Awaited<ReturnType<typeof meetingsByIds>>[number];

/** One meeting by its id, merged ones included; `null` for anything else. */
export async function meetingById(reader: Reader, id: string): Promise<MeetingRow | null> {
  if (!isUuid(id)) return null;
  const [row] = await meetingsByIds(reader, [id]);
  return row ?? null;
}

/** The meetings of the same room before and after one, by when they were first heard of. One statement. */
export async function neighboursOf(
  reader: Reader,
  { id, firstAt, roomId }: MeetingRow,
): Promise<{ before: MeetingRow | null; after: MeetingRow | null }> {
  const others = (isBefore: SQL) =>
    selectMeetings(reader).where(
      and(
        eq(meetings.roomId, Number(roomId)),
        isNull(meetings.mergedInto),
        ne(meetings.id, id),
        isBefore,
      ),
    );
  const rows = await unionAll(
    others(lte(meetings.firstAt, firstAt)).orderBy(desc(meetings.firstAt)).limit(1),
    others(gt(meetings.firstAt, firstAt)).orderBy(meetings.firstAt).limit(1),
  );
  return {
    before: rows.find((row) => row.firstAt <= firstAt) ?? null,
    after: rows.find((row) => row.firstAt > firstAt) ?? null,
  };
}

export function meetingsByIds(reader: Reader, ids: readonly string[]) {
  return meetingsWhere(reader, "once", { wanted: isOneOf(meetings.id, ids) });
}

const meetingsWhere = madeOnce((reader, { wanted }: { wanted: SQL }) =>
  selectMeetings(reader).where(wanted),
);

function selectMeetings(reader: Reader) {
  return reader
    .select(MEETING)
    .from(meetings)
    .innerJoin(rooms, eq(rooms.id, meetings.roomId))
    .innerJoin(sources, eq(sources.id, meetings.sourceId));
}

/** A record, and which meeting it is of. */
export interface MeetingRecord {
  meetingId: string;
  record: Recorded;
}

/** The columns of `events` that a record is made of. */
export const RECORD_COLUMNS = {
  meetingId: events.meetingId,
  seq: events.seq,
  type: events.type,
  at: events.at,
  participantId: events.participantId,
  personId: events.personId,
  data: events.data,
  deliveryId: events.deliveryId,
};

type EventRow = Pick<typeof events.$inferSelect, keyof typeof RECORD_COLUMNS>;

/** The records of a meeting after a `seq`, in order, at most `limit`. */
export async function recordsAfter(
  reader: Reader,
  meetingId: string,
  afterSeq: number,
  limit: number | null = null,
): Promise<Recorded[]> {
  const wanted = and(eq(events.meetingId, meetingId), gt(events.seq, afterSeq));
  const rows = await following(reader, "once", { wanted }, { limit });
  return rows.map((row) => recordOf(row).record);
}

const following = madeOnce(
  (reader, { wanted }: { wanted: SQL | undefined }, { limit }: { limit: number | null }) => {
    const all = reader.select(RECORD_COLUMNS).from(events).where(wanted).orderBy(events.seq);
    return limit === null ? all : all.limit(limit);
  },
);

/** The records of several meetings, each from `from` to `to`: one statement. */
export async function recordsBetween(
  reader: Reader,
  ranges: readonly { id: string; from: number; to: number }[],
): Promise<MeetingRecord[]> {
  const rows = await recordsIn(reader, "once", { given: rangesOf(ranges).from });
  return rows.map(recordOf);
}

function rangesOf(ranges: readonly { id: string; from: number; to: number }[]) {
  return unnested("n", { id: events.meetingId, from: events.seq, to: events.seq }, ranges);
}

const recordsIn = madeOnce((reader, { given }: { given: SQL }) => {
  const { of } = rangesOf([]);
  return reader
    .select(RECORD_COLUMNS)
    .from(given)
    .innerJoin(events, and(eq(events.meetingId, of.id), between(events.seq, of.from, of.to)))
    .orderBy(events.meetingId, events.seq);
});

/** The latest records over all meetings, newest first: of the meetings with the latest events. */
export async function latestRecords(reader: Reader, limit: number): Promise<MeetingRecord[]> {
  const rows = await latestIn(reader, "once", {}, { limit });
  return rows.map(recordOf);
}

const latestIn = madeOnce((reader, _: Record<never, never>, { limit }: { limit: number }) => {
  const latest = parts
    .select({ id: meetings.id })
    .from(meetings)
    .where(isNull(meetings.mergedInto))
    .orderBy(desc(meetings.tipAt))
    .limit(limit)
    .as("latest");
  const own = parts
    .select(RECORD_COLUMNS)
    .from(events)
    .where(eq(events.meetingId, latest.id))
    .orderBy(desc(events.seq))
    .limit(limit)
    .as("events");
  return reader
    .select(RECORD_COLUMNS)
    .from(latest)
    .crossJoinLateral(own)
    .orderBy(desc(events.at))
    .limit(limit);
});

function recordOf(row: EventRow): MeetingRecord {
  return {
    meetingId: row.meetingId,
    record: {
      seq: row.seq,
      type: row.type,
      at: toWireTime(row.at),
      person_id: row.personId,
      participant_id: row.participantId,
      data: row.data,
      delivery_id: row.deliveryId === null ? null : String(row.deliveryId),
    },
  };
}

/** The waits of a meeting that ended without admission, and whose person came in to a later meeting that day. */
export async function returnedIn(
  reader: Reader,
  meetingId: string,
): Promise<{ participantId: string; startedAt: Ms }[]> {
  return returned(reader, "once", { wanted: eq(waits.meetingId, meetingId) });
}

const returned = madeOnce((reader, { wanted }: { wanted: SQL }) =>
  reader
    .select({ participantId: waits.participantId, startedAt: waits.startedAt })
    .from(waits)
    .where(and(wanted, waits.returned)),
);
