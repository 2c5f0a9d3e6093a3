import type { Ms } from "#domain/time/ms.ts";
import type { RosterAlias } from "./entry-key.ts";
import type { ExpectedPerson } from "./scheduled.ts";

/** A named roster, kept once and used by rooms and by scheduled meetings. An operator's word. */
export interface ClassList {
  id: string;
  /** `null` where it was erased. */
  name: string | null;
  /** Who set it last, and when. */
  by: string;
  changedAt: Ms;
  erasedAt: Ms | null;
  /** How many are on it, and by how many rooms it is used. */
  people: number;
  rooms: number;
}

/** A page of class lists. */
export interface ClassListsPage {
  rows: ClassList[];
  next: string | null;
  previous: string | null;
}

/** One of them, as its page is opened. */
export interface OpenedClassList {
  list: ClassList;
  people: ExpectedPerson[];
  aliases: RosterAlias[];
  usedBy: { id: string; key: string; title: string | null; source: string }[];
}
