import type { ColumnWords } from "#components/lists/list-table.tsx";
import {
  AVERAGE_FORMULA,
  LOST_FORMULA,
  leftFormula,
  UNKNOWN_FORMULA,
} from "#components/words/wait-formulas.ts";
import type { MeetingSort } from "#domain/meetings/meetings.ts";

/** The columns beside the meeting itself, in their order. */
export const COLUMNS = [
  "started",
  "length",
  "people",
  "peak",
  "waits",
  "left",
  "cover",
  "status",
] as const;
export type MeetingColumnName = (typeof COLUMNS)[number];

export const FIRST_COLUMN: ColumnWords<MeetingSort> = {
  title: "Meeting",
  sort: null,
  formula: null,
};

export const COLUMN_WORDS: Record<MeetingColumnName, ColumnWords<MeetingSort>> = {
  started: {
    title: "Started",
    sort: "started",
    formula:
      "When the first one came in, or the provider began the meeting. A meeting belongs to the day on which it was first heard of, in the chosen time zone, also where it goes on over midnight.",
    isText: true,
  },
  length: {
    title: "Length",
    sort: "length",
    formula: "End − start. What is in progress counts up to now.",
  },
  people: {
    title: "People",
    sort: "people",
    formula: "Everybody who came in or waited, each once, however often they reconnected.",
  },
  peak: {
    title: "Peak",
    sort: null,
    formula: "Peak concurrency: the most people who were in at one moment.",
  },
  waits: {
    title: "Waits",
    sort: null,
    formula: `How often somebody began to wait. Below: ${AVERAGE_FORMULA} ${UNKNOWN_FORMULA}`,
  },
  left: {
    title: "People lost",
    sort: "left",
    formula: `${LOST_FORMULA} Below: ${leftFormula()}`,
  },
  cover: {
    title: "Host cover",
    sort: null,
    formula:
      "The time a host was in ÷ the time anybody was in or waiting. Where the provider only says that the role changed somewhere, that stretch counts as covered.",
  },
  status: { title: "Status", sort: null, formula: null, isText: true },
};
