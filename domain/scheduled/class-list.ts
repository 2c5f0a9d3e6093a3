import type { Ms } from "#domain/time/ms.ts";
import type { RosterAlias } from "./entry-key.ts";
import type { ExpectedPerson } from "./scheduled.ts";

/** A named roster, stored once and used by rooms and by scheduled meetings. Entered by an operator. */
export interface ClassList {
  id: string;
  /** `null` where it was erased. */
  name: string | null;
  /** Who changed it last, and when. */
  by: string;
  changedAt: Ms;
  erasedAt: Ms | null;
  /** How many people are on it, and how many rooms use it. */
  people: number;
  rooms: number;
}

/** A page of class lists. */
export interface ClassListsPage {
  rows: ClassList[];
  next: string | null;
  previous: string | null;
}

/** One class list, for its page. */
export interface OpenedClassList {
  list: ClassList;
  people: ExpectedPerson[];
  aliases: RosterAlias[];
  usedBy: { id: string; key: string; title: string | null; source: string }[];
}
