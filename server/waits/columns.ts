import * as z from "zod/mini";
import type { WaitOfList } from "#db/waits/list-waits.ts";
import { waitCertainty } from "#domain/meeting/certainty.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { WaitListRow } from "#domain/waits/waiting-page.ts";
import { OUTCOME_WORDS, SURE } from "#server/http/files/file-words.ts";
import type { ListColumn } from "#server/http/lists/columns.ts";
import { about, count, time } from "#server/http/schema.ts";
import { certainty, outcome } from "#server/meetings/schema.ts";

const DURATION_IS = {
  name: "duration_is",
  heading: "Waited, how sure",
  kind: "word",
  words: SURE.length,
  value: waitCertainty,
  schema: certainty,
} satisfies ListColumn<WaitOfList>;

/** The columns of waits. */
export function waitColumns(now: Ms): ListColumn<WaitOfList>[] {
  return [
    {
      name: "meeting_id",
      kind: "text",
      only: "programs",
      value: ({ meetingId }) => meetingId,
      schema: z.string(),
    },
    { kind: "source", value: ({ source }) => source },
    { name: "room", kind: "text", value: ({ room }) => room, schema: z.string() },
    { name: "title", kind: "text", value: ({ title }) => title },
    {
      name: "person_id",
      kind: "text",
      only: "programs",
      value: ({ personId }) => personId,
      schema: z.string(),
    },
    { name: "name", kind: "text", leads: true, value: ({ name }) => name },
    {
      name: "started_at",
      heading: "Began to wait",
      kind: "moment",
      value: ({ startedAt }) => startedAt,
      schema: time,
    },
    { name: "ended_at", heading: "Wait ended", kind: "moment", value: ({ endedAt }) => endedAt },
    {
      name: "duration",
      heading: "Waited",
      kind: "duration",
      value: ({ startedAt, endedAt }) => Math.max(0, (endedAt ?? now) - startedAt),
      schema: count,
    },
    { ...DURATION_IS, in: "json" },
    {
      name: "outcome",
      heading: "How it ended",
      kind: "word",
      words: OUTCOME_WORDS,
      value: (wait) => wait.outcome,
      schema: outcome,
    },
    { ...DURATION_IS, in: "files" },
    {
      name: "inferred",
      heading: "End not reported",
      kind: "flag",
      value: ({ inferred }) => inferred,
      schema: z.boolean(),
    },
  ];
}

/** The columns of waits with how often somebody left, as files have them and whoever was lost. */
export function leaverColumns(now: Ms): ListColumn<WaitListRow>[] {
  return [
    ...waitColumns(now),
    {
      name: "leaves",
      heading: "Times left within a day",
      kind: "number",
      value: ({ leaves }) => leaves,
      schema: about(count, "How often they left that waiting room in the day before"),
    },
  ];
}
