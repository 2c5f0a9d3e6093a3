import type { ColumnWords } from "#components/lists/list-table.tsx";
import { AVERAGE_FORMULA, LOST_FORMULA, leftFormula } from "#components/words/wait-formulas.ts";
import type { PeopleSort } from "#domain/people/people.ts";

/** The columns beside the name, in their order. */
export const COLUMNS = ["known", "meetings", "attended", "waits", "left", "last"] as const;
export type PeopleColumnName = (typeof COLUMNS)[number];

export const FIRST_COLUMN: ColumnWords<PeopleSort> = {
  title: "Person",
  sort: "name",
  formula: null,
};

export const COLUMN_WORDS: Record<PeopleColumnName, ColumnWords<PeopleSort>> = {
  known: {
    title: "Known by",
    sort: null,
    formula:
      "The provider's user id, where it names the same human in every meeting. Without one the name: then two of one name are one row, which is why it says guest.",
    isText: true,
  },
  meetings: {
    title: "Meetings",
    sort: "meetings",
    formula: "Meetings they came to or waited for in this period, each counted once.",
  },
  attended: {
    title: "Attended",
    sort: "attended",
    formula:
      "Σ over meetings of the time they were in, reconnects within the grace joined, never a sum of what overlaps. Waiting is no part of it. What goes on counts up to now, but moves no row.",
  },
  waits: {
    title: "Waits",
    sort: null,
    formula: `How often they began to wait. Below: ${AVERAGE_FORMULA}`,
  },
  left: {
    title: "Left before admitted",
    sort: null,
    formula: `${leftFormula()} Below: the meetings in which they were really lost. ${LOST_FORMULA}`,
  },
  last: {
    title: "Last met",
    sort: "last",
    formula: "When they first came to their latest meeting in this period.",
    isText: true,
  },
};
