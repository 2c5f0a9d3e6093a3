import { waitCertainty } from "#domain/meeting/certainty.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { WaitListRow } from "#domain/waits/waiting-page.ts";
import { OUTCOME_WORDS, SURE } from "#server/http/files/file-words.ts";
import type { Column } from "#server/http/files/table.ts";
import { providerTitles } from "#server/providers/providers.ts";

/** The columns of waits as a file. */
export function waitColumns(now: Ms): Column<WaitListRow>[] {
  return [
    { name: "meeting_id", kind: "text", only: "programs", value: ({ meetingId }) => meetingId },
    {
      name: "provider",
      kind: "word",
      words: providerTitles,
      value: ({ source }) => source.provider,
    },
    { name: "source", kind: "text", value: ({ source }) => source.name },
    { name: "room", kind: "text", value: ({ room }) => room },
    { name: "title", kind: "text", value: ({ title }) => title },
    { name: "person_id", kind: "text", only: "programs", value: ({ personId }) => personId },
    { name: "name", kind: "text", leads: true, value: ({ name }) => name },
    {
      name: "started_at",
      heading: "Began to wait",
      kind: "moment",
      value: ({ startedAt }) => startedAt,
    },
    { name: "ended_at", heading: "Wait ended", kind: "moment", value: ({ endedAt }) => endedAt },
    {
      name: "duration",
      heading: "Waited",
      kind: "duration",
      value: ({ startedAt, endedAt }) => Math.max(0, (endedAt ?? now) - startedAt),
    },
    {
      name: "outcome",
      heading: "How it ended",
      kind: "word",
      words: OUTCOME_WORDS,
      value: ({ outcome }) => outcome,
    },
    {
      name: "duration_is",
      heading: "Waited, how sure",
      kind: "word",
      words: SURE.length,
      value: waitCertainty,
    },
    {
      name: "inferred",
      heading: "End not reported",
      kind: "flag",
      value: ({ inferred }) => inferred,
    },
    {
      name: "leaves",
      heading: "Times left within a day",
      kind: "number",
      value: ({ leaves }) => leaves,
    },
  ];
}
