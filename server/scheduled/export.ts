import {
  type ExpectedLine,
  expectedAttendanceOf,
  type Sighting,
  type UnmatchedPerson,
} from "#domain/scheduled/attendance.ts";
import type { Ms } from "#domain/time/ms.ts";
import { dayAt } from "#domain/time/period.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { notFound } from "#server/http/answer.ts";
import { certaintyColumns } from "#server/http/files/certainty-columns.ts";
import { FIRST_IN, LAST_OUT, USER_ID } from "#server/http/files/file-words.ts";
import { exported, type FileFormat } from "#server/http/files/formats.ts";
import { introOf } from "#server/http/files/intro.ts";
import { clockTime, wordForPeople } from "#server/http/files/readable.ts";
import type { Batches, Column } from "#server/http/files/table.ts";
import type { SentFile } from "#server/http/files/taken.ts";
import { offsetIn } from "#server/http/period.ts";
import { zoneIn } from "#server/http/range.ts";
import { readScheduled } from "./read.ts";

/** A row of the file: a line of the roster, or a person who came without being on it. */
type Row = ExpectedLine | UnmatchedPerson;

/**
 * `GET /api/v1/scheduled-meetings/{id}/attendance.csv`, `.xlsx` and `.json`: the roster in its order with the
 * attendance so far, then the people who came without being on it (`unmatched`).
 */
export async function exportExpected(url: URL, id: string, format: FileFormat): Promise<SentFile> {
  const found = await readScheduled(id);
  if (found === null) throw notFound("scheduled meeting");
  const { row, facts } = found;
  const now = Date.now();
  const { lines, unmatched, verdict } = expectedAttendanceOf(facts, now);
  const timeZone = zoneIn(url) ?? row.timeZone;
  const offsetAt = offsetIn(timeZone);
  const day = dayAt(row.startsAt, offsetAt);
  return exported(url, format, {
    table: {
      columns: columnsFor(row.endsAt - row.startsAt),
      batches: atOnce([...lines, ...unmatched]),
    },
    name: `expected-${row.title ?? row.roomTitle ?? row.room}-${day}`,
    called: row.title ?? row.roomTitle ?? row.room,
    timeZone,
    about: {
      scheduled_meeting_id: row.id,
      room: row.room,
      title: row.title,
      starts_at: toWireTime(row.startsAt),
      ends_at: toWireTime(row.endsAt),
      verdict: verdict?.outcome ?? null,
      verdict_at: toWireTime(verdict?.at ?? null),
      as_of: toWireTime(now),
    },
    invented: row.source.demo === true,
    intro: introOf(
      `Expected people: ${row.title ?? row.roomTitle ?? row.room}`,
      {
        range: null,
        narrowed: [
          ["Room", row.room],
          ["Scheduled from", clockTime(row.startsAt, offsetAt)],
          ["Scheduled to", clockTime(row.endsAt, offsetAt)],
          ["Late", `after more than ${row.lateAfterMs / 60_000} min from the scheduled start`],
          ["At the start", verdict === null ? null : wordForPeople(verdict.outcome, VERDICTS)],
        ],
        asOf: now,
      },
      offsetAt,
    ),
  });
}

const VERDICTS = { both: "both host and guest were there", nobody: "nobody was there" };
const STANDING_WORDS = { left: "was in the meeting", not_admitted: "waited, not admitted" };

async function* atOnce<T>(rows: readonly T[]): Batches<T> {
  yield rows;
}

function columnsFor(scheduledMs: Ms): Column<Row>[] {
  const line = (row: Row) => ("person" in row ? row : null);
  const seen = (row: Row): Sighting | null => row.sighting;
  return [
    {
      name: "position",
      heading: "Line of the list",
      kind: "number",
      value: (row) => line(row)?.person.position ?? null,
    },
    { name: "unmatched", heading: "On no list", kind: "flag", value: (row) => line(row) === null },
    { name: "name", kind: "text", leads: true, value: (row) => line(row)?.person.name ?? null },
    {
      name: "email",
      heading: "E-mail",
      kind: "text",
      value: (row) => line(row)?.person.email ?? null,
    },
    {
      name: "user_id",
      heading: USER_ID,
      kind: "text",
      value: (row) => line(row)?.person.userId ?? null,
    },
    { name: "role", kind: "word", value: (row) => line(row)?.person.role ?? null },
    { name: "status", kind: "word", words: STANDING_WORDS, value: ({ standing }) => standing },
    { name: "late_by", kind: "duration", value: (row) => line(row)?.lateByMs ?? null },
    {
      name: "seen_as",
      heading: "Name in the meeting",
      kind: "text",
      value: (row) => seen(row)?.seenAs ?? null,
    },
    {
      name: "matched_by",
      heading: "Found by",
      kind: "word",
      value: (row) => line(row)?.matchedBy ?? null,
    },
    {
      name: "namesakes",
      heading: "Others of the name there",
      kind: "flag",
      value: (row) => line(row)?.namesakes ?? null,
    },
    {
      name: "first_seen_at",
      heading: "First heard of",
      kind: "moment",
      value: (row) => seen(row)?.firstSeenAt ?? null,
    },
    {
      name: "first_joined_at",
      heading: FIRST_IN,
      kind: "moment",
      value: (row) => seen(row)?.firstJoinedAt ?? null,
    },
    {
      name: "last_left_at",
      heading: LAST_OUT,
      kind: "moment",
      value: (row) => seen(row)?.lastLeftAt ?? null,
    },
    { name: "attended", kind: "duration", value: (row) => seen(row)?.attendedMs ?? 0 },
    ...certaintyColumns<Row>((row) => seen(row)?.sureness ?? null),
    {
      name: "share_of_scheduled",
      heading: "Share of the scheduled time",
      kind: "share",
      value: (row) => Math.round(((seen(row)?.attendedMs ?? 0) / scheduledMs) * 10_000) / 10_000,
    },
  ];
}
