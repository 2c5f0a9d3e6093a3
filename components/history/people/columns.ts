import type { ColumnWords } from "#components/history/list/list-table.tsx";
import type { PeopleSort } from "#domain/history/people.ts";

/** The columns beside the name, in their order. */
export const COLUMNS = ["known", "meetings", "attended", "waits", "left", "last"] as const;
export type ColumnName = (typeof COLUMNS)[number];

export const FIRST_COLUMN: ColumnWords<PeopleSort> = {
  title: "Person",
  sort: "name",
  formula: null,
};

export const COLUMN_WORDS: Record<ColumnName, ColumnWords<PeopleSort>> = {
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
    formula: "Meetings they came to or waited for in these days, each once.",
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
    formula:
      "How often they began to wait. Below: the average wait until admitted = Σ(admitted − started waiting) ÷ number of waits that ended so.",
  },
  left: {
    title: "Left before admitted",
    sort: null,
    formula:
      "Meetings whose waiting room they left without being admitted. Within 10 seconds, or where they came back and were admitted that day, does not count.",
  },
  last: {
    title: "Last met",
    sort: "last",
    formula: "The first moment of the latest meeting they were at, in these days.",
    isText: true,
  },
};
