import { meetingMs } from "#domain/meeting/metrics.ts";
import { LEFT_COUNTS } from "#domain/meetings/left-counts.ts";
import { coverShare, type MeetingListRow } from "#domain/meetings/meetings.ts";
import type { Ms } from "#domain/time/ms.ts";
import { averageUntilAdmittedMs, reallyLost } from "#domain/waits/waiting.ts";
import { ENDED_BY, STATUS_WORDS } from "#server/http/files/file-words.ts";
import type { Column } from "#server/http/files/table.ts";
import { providerTitles } from "#server/providers/providers.ts";
import { LEFT_CALLED } from "./schema.ts";

/** The columns of the list as a file. */
export function meetingColumns(now: Ms): Column<MeetingListRow>[] {
  return [
    { name: "id", kind: "text", only: "programs", value: ({ id }) => id },
    {
      name: "provider",
      kind: "word",
      words: providerTitles,
      value: ({ source }) => source.provider,
    },
    { name: "source", kind: "text", value: ({ source }) => source.name },
    { name: "room", kind: "text", leads: true, value: ({ room }) => room },
    { name: "title", kind: "text", leads: true, value: ({ title }) => title },
    { name: "status", kind: "word", words: STATUS_WORDS, value: ({ status }) => status },
    {
      name: "first_heard_at",
      heading: "First heard of",
      kind: "moment",
      value: ({ firstAt }) => firstAt,
    },
    { name: "started_at", heading: "Began", kind: "moment", value: ({ startedAt }) => startedAt },
    { name: "ended_at", heading: "Ended", kind: "moment", value: ({ endedAt }) => endedAt },
    {
      name: "ended_by",
      heading: "How the end is known",
      kind: "word",
      words: ENDED_BY,
      value: ({ endedBy }) => endedBy,
    },
    { name: "length", kind: "duration", value: (meeting) => meetingMs(meeting, now) },
    { name: "people", kind: "number", value: ({ peopleCount }) => peopleCount },
    {
      name: "note_takers",
      heading: "Programs that take notes",
      kind: "number",
      value: ({ noteTakerCount }) => noteTakerCount,
    },
    {
      name: "peak",
      heading: "Most at once",
      kind: "number",
      value: ({ peak }) => peak?.count ?? null,
    },
    {
      name: "peak_at",
      heading: "When most were in",
      kind: "moment",
      value: ({ peak }) => peak?.at ?? null,
    },
    { name: "waits", kind: "number", value: ({ waits }) => waits?.began ?? null },
    {
      name: "waits_admitted",
      heading: "Times admitted after waiting",
      kind: "number",
      value: ({ waits }) => waits?.admitted ?? null,
    },
    {
      name: "waits_really_lost",
      heading: "Waits left for good",
      kind: "number",
      value: ({ waits }) => waits && reallyLost(waits),
    },
    {
      name: "waits_left_shortly",
      heading: "Waits left within 10 s",
      kind: "number",
      value: ({ waits }) => waits?.short ?? null,
    },
    {
      name: "waits_came_back",
      heading: "Waits left, came back later",
      kind: "number",
      value: ({ waits }) => waits?.cameBack ?? null,
    },
    {
      name: "waits_unknown",
      heading: "Waits of unknown end",
      kind: "number",
      value: ({ waits }) => waits?.unknown ?? null,
    },
    {
      name: "average_wait_until_admitted",
      kind: "duration",
      value: ({ waits }) => waits && averageUntilAdmittedMs(waits),
    },
    {
      name: "longest_wait",
      kind: "duration",
      value: ({ waits }) => waits?.longestMs ?? null,
    },
    ...LEFT_COUNTS.map(
      ({ name }): Column<MeetingListRow> => ({
        name: LEFT_CALLED[name].name.replace(/_count$/, ""),
        heading: LEFT_CALLED[name].heading,
        kind: "number",
        value: (meeting) => meeting[name],
      }),
    ),
    {
      name: "hosted",
      heading: "Time with a host",
      kind: "duration",
      value: ({ cover }) => cover?.hostedMs ?? null,
    },
    {
      name: "occupied",
      heading: "Time with anybody in",
      kind: "duration",
      value: ({ cover }) => cover?.occupiedMs ?? null,
    },
    {
      name: "host_cover",
      heading: "Share of the time with a host",
      kind: "share",
      value: ({ cover }) => rounded(coverShare(cover)),
    },
    {
      name: "observer",
      heading: "How the bot fared",
      kind: "word",
      value: ({ observer }) => observer?.state ?? null,
    },
    {
      name: "observer_reason",
      heading: "Reason the provider gave",
      kind: "text",
      value: ({ observer }) => observer?.reason ?? null,
    },
    {
      name: "observer_by",
      heading: "Who refused or removed the bot",
      kind: "text",
      value: ({ observer }) => observer?.by ?? null,
    },
    { name: "erased", heading: "People erased", kind: "flag", value: ({ erased }) => erased },
  ];
}

/** A share, 0 to 1, rounded to four places: hundredths of a percent. */
function rounded(share: number | null): number | null {
  return share === null ? null : Math.round(share * 10_000) / 10_000;
}
