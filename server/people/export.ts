import { meetingMs } from "#domain/meeting/metrics.ts";
import {
  attendedUntil,
  averageWaitMs,
  isGuest,
  type KnownAs,
  type PersonMet,
} from "#domain/people/people.ts";
import { attendedMsOf, type MeetingAttended, shareOf } from "#domain/people/person.ts";
import type { Ms } from "#domain/time/ms.ts";
import { certaintyColumns } from "#server/http/files/certainty-columns.ts";
import { FIRST_IN, LAST_OUT, OUTCOME_WORDS, USER_ID } from "#server/http/files/file-words.ts";
import { narrowedWords } from "#server/http/files/intro.ts";
import type { Column } from "#server/http/files/table.ts";
import { shown } from "#server/http/shown.ts";
import { providerTitles } from "#server/providers/providers.ts";
import type { AttendedAsked } from "./attended.ts";

/** The columns of the list as a file. */
export function peopleColumns(now: Ms): Column<PersonMet>[] {
  return [
    { name: "person_id", kind: "text", only: "programs", value: ({ id }) => id },
    { name: "name", kind: "text", leads: true, value: ({ name }) => name },
    { name: "guest", kind: "flag", value: isGuest },
    {
      name: "provider",
      kind: "word",
      words: providerTitles,
      value: ({ knownAs }) => knownAs[0]?.source.provider ?? null,
    },
    { name: "source", kind: "text", value: ({ knownAs }) => knownAs[0]?.source.name ?? null },
    {
      name: "user_id",
      heading: USER_ID,
      kind: "text",
      value: ({ knownAs }) => knownAs[0]?.userId ?? null,
    },
    {
      name: "identities",
      heading: "Ways they are known",
      kind: "number",
      value: ({ knownAs }) => knownAs.length,
    },
    { name: "meetings", kind: "number", value: ({ meetings }) => meetings },
    { name: "attended", kind: "duration", value: (person) => attendedUntil(person, now) },
    {
      name: "attended_unknown",
      heading: "May have attended on top",
      kind: "duration",
      value: ({ unknownMs }) => unknownMs,
    },
    { name: "waits", kind: "number", value: ({ waitCount }) => waitCount },
    {
      name: "waits_admitted",
      heading: "Times admitted after waiting",
      kind: "number",
      value: ({ admittedCount }) => admittedCount,
    },
    { name: "average_wait_until_admitted", kind: "duration", value: averageWaitMs },
    {
      name: "left_before_admitted",
      heading: "Waits left before admitted",
      kind: "number",
      value: ({ leftCount }) => leftCount,
    },
    {
      name: "meetings_lost",
      heading: "Meetings given up while waiting",
      kind: "number",
      value: ({ lostMeetings }) => lostMeetings,
    },
    { name: "first_met_at", heading: "First met", kind: "moment", value: ({ firstAt }) => firstAt },
    { name: "last_met_at", heading: "Last met", kind: "moment", value: ({ lastAt }) => lastAt },
    {
      name: "in_meeting",
      heading: "In a meeting now",
      kind: "flag",
      value: ({ openCount }) => openCount > 0,
    },
    {
      name: "namesakes",
      heading: "Meetings with others of the name",
      kind: "number",
      value: ({ namesakes }) => namesakes,
    },
  ];
}

/** What the file of a person's meetings says of them. */
export function aboutPerson({ person }: AttendedAsked) {
  return {
    ...shown({ called: calledAs(person), about: { person_id: person.id, name: person.name } }),
    isInvented: person.knownAs.every(isInvented),
  };
}

export function recordIntro({ person, range }: AttendedAsked) {
  return {
    title: `Meetings of ${shown({ called: calledAs(person) }).called}`,
    narrowed: narrowedWords(range),
  };
}

function calledAs({ name, knownAs, id }: AttendedAsked["person"]): string {
  return name ?? knownAs[0]?.userId ?? id;
}

/** The columns of a person's meetings as a file. */
export function recordColumns(now: Ms): Column<MeetingAttended>[] {
  return [
    { name: "meeting_id", kind: "text", only: "programs", value: ({ meetingId }) => meetingId },
    { name: "room", kind: "text", leads: true, value: ({ room }) => room },
    { name: "title", kind: "text", leads: true, value: ({ title }) => title },
    {
      name: "meeting_started_at",
      heading: "Meeting began",
      kind: "moment",
      value: ({ startedAt }) => startedAt,
    },
    {
      name: "meeting_ended_at",
      heading: "Meeting ended",
      kind: "moment",
      value: ({ endedAt }) => endedAt,
    },
    {
      name: "first_heard_of_at",
      heading: "First heard of",
      kind: "moment",
      value: ({ firstAt }) => firstAt,
    },
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
    { name: "attended", kind: "duration", value: (row) => attendedMsOf(row, now) },
    ...certaintyColumns<MeetingAttended>(({ sureness }) => sureness),
    {
      name: "share_of_meeting",
      heading: "Share of the meeting",
      kind: "share",
      value: (row) => rounded(shareOf(attendedMsOf(row, now), meetingMs(row, now) ?? 0)),
    },
    { name: "waits", kind: "number", value: ({ waitCount }) => waitCount },
    {
      name: "waits_unknown",
      heading: "Waits of unknown end",
      kind: "number",
      value: ({ unknownWaits }) => unknownWaits,
    },
    { name: "waited", kind: "duration", value: ({ waitedMs }) => waitedMs },
    {
      name: "last_wait_outcome",
      heading: "How the last wait ended",
      kind: "word",
      words: OUTCOME_WORDS,
      value: ({ lastOutcome }) => lastOutcome,
    },
    {
      name: "hosted",
      heading: "Was host for",
      kind: "duration",
      value: ({ hostedMs }) => hostedMs,
    },
    {
      name: "of_that_name",
      heading: "People of that name there",
      kind: "number",
      value: ({ namesakes }) => namesakes,
    },
  ];
}

/** Whether the source is a demonstration. */
export function isInvented({ source }: Pick<KnownAs, "source">): boolean {
  return source.demo === true;
}

/** A share, 0 to 1, rounded to four places: hundredths of a percent. */
function rounded(share: number | null): number | null {
  return share === null ? null : Math.round(share * 10_000) / 10_000;
}
