import {
  type ExpectedLine,
  expectedAttendanceOf,
  type Sighting,
  type UnmatchedPerson,
} from "#domain/scheduled/attendance.ts";
import type { StartVerdict } from "#domain/scheduled/start-verdict.ts";
import type { Ms } from "#domain/time/ms.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { certaintyJson } from "#server/http/files/certainty-columns.ts";
import type { AnswerOf, RowsOf } from "#server/http/schema.ts";
import type { ScheduledWithFacts } from "./read.ts";
import type { scheduledList, scheduledMeeting } from "./schema.ts";

type Scheduled = RowsOf<typeof scheduledList>["results"][number];
type WithPeople = AnswerOf<typeof scheduledMeeting>;

/** A scheduled meeting as a row of the API's list: with the counts, without the people. */
export function scheduledJson({ row, facts }: ScheduledWithFacts, now: Ms): Scheduled {
  const { counts, verdict } = expectedAttendanceOf(facts, now);
  return {
    id: row.id,
    source: row.source,
    room: row.room,
    title: row.title,
    starts_at: toWireTime(row.startsAt),
    ends_at: toWireTime(row.endsAt),
    tz: row.timeZone,
    late_after_ms: row.lateAfterMs,
    verdict_after_ms: row.verdictAfterMs,
    class_list: row.classList,
    repeats: row.repeats && {
      weekdays: [...row.repeats.weekdays],
      until: row.repeats.lastDay,
      day: row.repeats.day,
      changed_alone: row.repeats.changedAlone,
    },
    by: row.by,
    changed_at: toWireTime(row.changedAt),
    erased_at: toWireTime(row.erasedAt),
    cancelled_at: toWireTime(row.cancelledAt),
    from_calendar: row.isFromCalendar,
    counts: {
      people: counts.people,
      present: counts.present,
      waiting: counts.waiting,
      late: counts.late,
      expected: counts.expected,
      left: counts.left,
      not_admitted: counts.not_admitted,
      absent: counts.absent,
      came_late: counts.cameLate,
      unmatched: counts.unmatched,
    },
    verdict: verdictJson(verdict, row.startsAt + row.verdictAfterMs),
    as_of: toWireTime(now),
  };
}

/** A scheduled meeting with the people of its roster, and those who came without being on it. */
export function scheduledWithPeopleJson(one: ScheduledWithFacts, now: Ms): WithPeople {
  const { lines, unmatched } = expectedAttendanceOf(one.facts, now);
  const meetings = one.facts.seen.map(({ meetingId }) => meetingId);
  return {
    ...scheduledJson(one, now),
    meeting_ids: [...new Set(meetings)],
    people: lines.map(lineJson),
    unmatched: unmatched.map(unmatchedJson),
  };
}

function verdictJson(verdict: StartVerdict | null, at: Ms): Scheduled["verdict"] {
  return {
    at: toWireTime(at),
    outcome: verdict?.outcome ?? null,
    hosts: verdict?.hosts ?? [],
    guests: verdict?.guests ?? [],
    waiting: verdict?.waiting ?? [],
  };
}

function lineJson(line: ExpectedLine): WithPeople["people"][number] {
  const { person, standing, lateByMs, matchedBy, namesakes, sighting } = line;
  return {
    position: person.position,
    name: person.name,
    user_id: person.userId,
    email: person.email,
    role: person.role,
    status: standing,
    late_by_ms: lateByMs,
    matched_by: matchedBy,
    namesakes,
    ...sightingJson(sighting),
  };
}

function unmatchedJson({ standing, sighting }: UnmatchedPerson): WithPeople["unmatched"][number] {
  return { status: standing, ...sightingJson(sighting) };
}

function sightingJson(sighting: Sighting | null): Omit<WithPeople["unmatched"][number], "status"> {
  return {
    seen_as: sighting?.seenAs ?? null,
    meeting_id: sighting?.meetingId ?? null,
    person_id: sighting?.personId ?? null,
    first_seen_at: toWireTime(sighting?.firstSeenAt ?? null),
    first_joined_at: toWireTime(sighting?.firstJoinedAt ?? null),
    last_left_at: toWireTime(sighting?.lastLeftAt ?? null),
    attended_ms: sighting?.attendedMs ?? 0,
    ...certaintyJson(sighting?.sureness ?? null),
  };
}
