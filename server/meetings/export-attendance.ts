import { database } from "#db/connection/client.ts";
import { type MeetingRow, recordsAfter, returnedIn } from "#db/meetings/meeting.ts";
import { toEvent } from "#domain/event/recorded.ts";
import { latestLeftBy, surenessOf, waitedMs } from "#domain/meeting/certainty.ts";
import { withoutGaps } from "#domain/meeting/host.ts";
import { projectMeeting } from "#domain/meeting/meeting.ts";
import { meetingMs } from "#domain/meeting/metrics.ts";
import { attendedMs, type PersonView } from "#domain/meeting/person-view.ts";
import { waitKey } from "#domain/participant/room-context.ts";
import { lengthMs, union } from "#domain/time/interval.ts";
import type { Ms } from "#domain/time/ms.ts";
import { dayAt } from "#domain/time/period.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { certaintyColumns } from "#server/http/files/certainty-columns.ts";
import {
  FIRST_IN,
  KNOWN_BY,
  KNOWN_FROM,
  LAST_OUT,
  OUTCOME_WORDS,
  PERSON_STATUS,
  USER_ID,
} from "#server/http/files/file-words.ts";
import { exported, type FileFormat } from "#server/http/files/formats.ts";
import { introOf } from "#server/http/files/intro.ts";
import { clockTime } from "#server/http/files/readable.ts";
import type { Batches, Column } from "#server/http/files/table.ts";
import type { SentFile } from "#server/http/files/taken.ts";
import { offsetIn } from "#server/http/period.ts";
import { valueIn } from "#server/http/query.ts";
import { timeZoneOf } from "#server/http/range.ts";
import { rulesOfRow } from "#server/live/rules.ts";
import { meetingNamed } from "./api.ts";
import { GRACE } from "./query.ts";

/**
 * `GET /api/v1/meetings/{id}/attendance.csv` and `.json`: everybody who came in or waited, in order of
 * appearance, with the numbers of the meeting's page. A meeting whose people were erased has no rows.
 */
export async function exportAttendance(
  url: URL,
  id: string,
  format: FileFormat,
): Promise<SentFile | Response> {
  const row = await meetingNamed(url, id);
  if (row instanceof Response) return row;
  const timeZone = timeZoneOf(url);
  const own = rulesOfRow(row);
  const graceMs = valueIn(url, "grace_ms", GRACE) ?? own.graceMs;
  const now = Date.now();
  const [records, returns] = await Promise.all([
    row.erasedAt === null ? recordsAfter(database().orm, row.id, 0) : [],
    returnedIn(database().orm, row.id),
  ]);
  const returned = new Set(returns.map((wait) => waitKey(wait.participantId, wait.startedAt)));
  const view = projectMeeting(records.map(toEvent), { ...own, graceMs }, now, {
    returned,
    overtakenAt: row.overtakenAt,
  });
  const offsetAt = offsetIn(timeZone);
  const day = dayAt(row.startedAt ?? row.firstAt, offsetAt);
  return exported(url, format, {
    table: {
      columns: columnsOf(row, meetingMs(view, now), graceMs, now),
      batches: atOnce(view.people),
    },
    name: `attendance-${row.title ?? row.room}-${day}`,
    called: row.title ?? row.room,
    timeZone,
    about: {
      meeting_id: row.id,
      room: row.room,
      title: row.title,
      started_at: toWireTime(view.startedAt),
      ended_at: toWireTime(view.endedAt),
      as_of: toWireTime(now),
    },
    invented: row.source.demo === true,
    intro: introOf(
      `Attendance of ${row.title ?? row.room}`,
      {
        range: null,
        narrowed: [
          ["Room", row.room],
          ["Began", view.startedAt === null ? null : clockTime(view.startedAt, offsetAt)],
          ["Ended", view.endedAt === null ? null : clockTime(view.endedAt, offsetAt)],
          ["Gaps that count as attended", `up to ${graceMs / 1000} s`],
        ],
        asOf: now,
      },
      offsetAt,
    ),
  });
}

/** One batch: a meeting is projected whole, so all its people are there at once. */
async function* atOnce<Row>(rows: readonly Row[]): Batches<Row> {
  yield rows;
}

function columnsOf(
  meeting: MeetingRow,
  wholeMs: Ms | null,
  graceMs: Ms,
  now: Ms,
): Column<PersonView>[] {
  return [
    { name: "meeting_id", kind: "text", only: "programs", value: () => meeting.id },
    { name: "room", kind: "text", only: "programs", value: () => meeting.room },
    { name: "title", kind: "text", only: "programs", value: () => meeting.title },
    { name: "person_id", kind: "text", only: "programs", value: ({ id }) => id },
    { name: "name", kind: "text", leads: true, value: ({ name }) => name },
    { name: "user_id", heading: USER_ID, kind: "text", value: ({ userId }) => userId },
    {
      name: "identified_by",
      heading: KNOWN_FROM,
      kind: "word",
      words: KNOWN_BY,
      value: ({ identifiedBy }) => identifiedBy,
    },
    { name: "status", kind: "word", words: PERSON_STATUS, value: ({ status }) => status },
    {
      name: "first_joined_at",
      heading: FIRST_IN,
      kind: "moment",
      value: ({ firstJoinedAt }) => firstJoinedAt,
    },
    {
      name: "last_left_at",
      heading: LAST_OUT,
      kind: "moment",
      value: ({ lastLeftAt }) => lastLeftAt,
    },
    ...certaintyColumns<PersonView>(({ visits }) => surenessOf(visits)),
    {
      name: "last_left_inferred",
      heading: "Leaving not reported",
      kind: "flag",
      value: ({ visits, lastLeftAt }) =>
        lastLeftAt === null ? null : surenessOf(visits).left !== "exact",
    },
    {
      name: "last_left_by",
      heading: "Left at the latest",
      kind: "moment",
      value: ({ visits }) => latestLeftBy(visits),
    },
    { name: "attended", kind: "duration", value: (person) => attendedMs(person, now) },
    {
      name: "share_of_meeting",
      heading: "Share of the meeting",
      kind: "share",
      value: (person) => shareOf(attendedMs(person, now), wholeMs),
    },
    { name: "visits", heading: "Times in", kind: "number", value: ({ visits }) => visits.length },
    { name: "waits", kind: "number", value: ({ waits }) => waits.length },
    {
      name: "waits_unknown",
      heading: "Waits of unknown end",
      kind: "number",
      value: ({ waits }) => waits.filter(({ outcome }) => outcome === "unknown").length,
    },
    { name: "waited", kind: "duration", value: ({ waits }) => waitedMs(waits, now) },
    {
      name: "last_wait_outcome",
      heading: "How the last wait ended",
      kind: "word",
      words: OUTCOME_WORDS,
      value: ({ waits }) => waits.at(-1)?.outcome ?? null,
    },
    {
      name: "hosted",
      heading: "Was host for",
      kind: "duration",
      value: (person) => hostedMs(person, graceMs, now),
    },
  ];
}

/** Percent attended = attended ÷ actual length of the meeting, 0 to 1; `null` where it has no length. */
function shareOf(ms: Ms, wholeMs: Ms | null): number | null {
  if (wholeMs === null || wholeMs === 0) return null;
  return Math.round(Math.min(1, ms / wholeMs) * 10_000) / 10_000;
}

function hostedMs({ tenures }: PersonView, graceMs: Ms, now: Ms): Ms {
  return lengthMs(union(withoutGaps(tenures, graceMs)), now);
}
