import { z } from "zod";
import type { TimeRangeOfPeople } from "#db/people/people-figures.ts";
import { type AttendedRow, listAttended, type PersonRow, personById } from "#db/people/person.ts";
import { meetingMs } from "#domain/meeting/metrics.ts";
import { attendedIn, attendedMsOf, type MeetingAttended, shareOf } from "#domain/people/person.ts";
import type { Ms } from "#domain/time/ms.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { notFound } from "#server/http/answer.ts";
import { certaintyJson } from "#server/http/files/certainty-columns.ts";
import { cursorBy, uuid } from "#server/http/lists/cursor-shape.ts";
import { ANY_DAYS } from "#server/http/lists/days.ts";
import { defineListOf } from "#server/http/lists/list.ts";
import { forPrograms, longerThan, NARROWING } from "#server/http/lists/parameters.ts";
import type { RowsOf } from "#server/http/schema.ts";
import type { meetingsAttended } from "./schema.ts";

const BY_TIME = cursorBy({ firstAt: z.int(), meetingId: uuid });

export interface AttendedAsked {
  person: PersonRow;
  range: TimeRangeOfPeople;
  now: Ms;
}

/** The meetings that one person was at, newest first. */
export const attended = defineListOf({
  query: {
    source: forPrograms(NARROWING.source),
    room: forPrograms(NARROWING.room),
    min_duration_ms: forPrograms(NARROWING.min_duration_ms),
  },
  days: ANY_DAYS,
  async whose(reader, { id }: { id: string }) {
    const person = await personById(reader, id);
    if (person === null) throw notFound("person");
    return person;
  },
  fails: ["not_found"],
  select({ room, min_duration_ms: ms }, { from, to }, now, person): AttendedAsked {
    return { person, range: { from, to, room, longerThan: longerThan(ms, now) }, now };
  },
  cursor: () => BY_TIME,
  open: (reader, { person, range, now }) => ({
    async read(cursor, limit) {
      const rows = await listAttended(reader, person, range, cursor, limit);
      return rows.map((row) => attendedMeetingOf(row, person, now));
    },
  }),
  placeOf: ({ firstAt, meetingId }) => ({ firstAt, meetingId }),
});

/** What a person did in one meeting, from the stored row of their attendances. */
function attendedMeetingOf(
  { attendances, ...row }: AttendedRow,
  { knownAs }: PersonRow,
  now: Ms,
): MeetingAttended {
  // Guests are known by name alone: several of one name in one meeting count as several people.
  const isOne = knownAs.length > 1 || knownAs[0]?.knownBy === "user_id";
  return { ...row, ...attendedIn(attendances, { graceMs: row.graceMs, isOne }, now) };
}

/** Meetings of the list as JSON. */
export function attendedJson(
  rows: readonly MeetingAttended[],
  { now }: { now: Ms },
): RowsOf<typeof meetingsAttended> {
  return { results: rows.map((row) => rowJson(row, now)), as_of: toWireTime(now) };
}

function rowJson(
  row: MeetingAttended,
  now: Ms,
): RowsOf<typeof meetingsAttended>["results"][number] {
  const ms = attendedMsOf(row, now);
  return {
    meeting_id: row.meetingId,
    room: row.room,
    title: row.title,
    status: row.status,
    started_at: toWireTime(row.startedAt),
    ended_at: toWireTime(row.endedAt),
    first_at: toWireTime(row.firstAt),
    first_joined_at: toWireTime(row.firstJoinedAt),
    last_left_at: toWireTime(row.lastLeftAt),
    in_meeting: row.isIn,
    attended_ms: ms,
    ...certaintyJson(row.sureness),
    share_of_meeting: shareOf(ms, meetingMs(row, now) ?? 0),
    waits: row.waitCount,
    waits_unknown: row.unknownWaits,
    waited_ms: row.waitedMs,
    last_wait_outcome: row.lastOutcome,
    hosted_ms: row.hostedMs,
    namesakes: row.namesakes - 1,
  };
}
