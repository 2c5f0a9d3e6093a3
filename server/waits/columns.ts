import * as z from "zod/mini";
import type { WaitOfList } from "#db/waits/list-waits.ts";
import { waitCertainty } from "#domain/meeting/certainty.ts";
import type { Ms } from "#domain/time/ms.ts";
import { handlingAt } from "#domain/waits/handling.ts";
import type { WaitListRow } from "#domain/waits/waiting-page.ts";
import { FOLLOW_UP_WORDS, OUTCOME_WORDS, SURE } from "#server/http/files/file-words.ts";
import type { ListColumn } from "#server/http/lists/columns.ts";
import { about, count, time } from "#server/http/schema.ts";
import { certainty, outcome } from "#server/meetings/schema.ts";
import { HANDLING } from "./schema.ts";

const DURATION_IS = {
  name: "duration_is",
  heading: "Waited, how sure",
  kind: "word",
  words: SURE.length,
  value: waitCertainty,
  schema: certainty,
} satisfies ListColumn<WaitOfList>;

/** What the desk did about waits. */
function handlingColumns(now: Ms): ListColumn<WaitOfList>[] {
  const at = (wait: WaitOfList) => handlingAt(wait.handlings, wait, now);
  const said = <Name extends keyof typeof HANDLING>(name: Name) =>
    ({ name, schema: HANDLING[name], trails: true }) as const;
  return [
    { ...said("claimed_by"), kind: "text", value: (wait) => at(wait).claimedBy },
    { ...said("claimed_at"), kind: "moment", value: (wait) => at(wait).claimedAt },
    { ...said("claim_lapses_at"), kind: "moment", value: (wait) => at(wait).claimLapsesAt },
    { ...said("desk_note"), heading: "Note", kind: "text", value: (wait) => at(wait).deskNote },
    {
      ...said("desk_note_by"),
      heading: "Note by",
      kind: "text",
      value: (wait) => at(wait).deskNoteBy,
    },
    {
      ...said("desk_note_at"),
      heading: "Note at",
      kind: "moment",
      value: (wait) => at(wait).deskNoteAt,
    },
    {
      ...said("follow_up"),
      kind: "word",
      words: FOLLOW_UP_WORDS,
      value: (wait) => at(wait).followUp,
    },
    { ...said("follow_up_by"), kind: "text", value: (wait) => at(wait).followUpBy },
    { ...said("follow_up_at"), kind: "moment", value: (wait) => at(wait).followUpAt },
  ];
}

/** The columns of waits. */
export function waitColumns(now: Ms): ListColumn<WaitOfList>[] {
  return [
    {
      name: "id",
      kind: "text",
      only: "programs",
      value: ({ waitId }) => waitId,
      schema: z.string(),
    },
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
    ...handlingColumns(now),
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
