import type { ColumnRole } from "./roles.ts";

/** The names of columns, by role. `aside` are columns that are not about attendance. */
export type Headings = Partial<Record<ColumnRole | "aside", readonly string[]>>;

/** The parts of a file, which begin with a title. */
export const PARTS = [
  "head",
  "participants",
  "stays",
  "attendees",
  "panelists",
  "host",
  "others",
  "absent",
] as const;
export type NamePart = (typeof PARTS)[number];

/**
 * How reports are written in one language: headings, words and phrases, in small letters. They are from files
 * and from the providers' own wording, with likely variants; none that could mean something else.
 */
export interface Language {
  /** BCP 47 */
  code: string;
  zoom: Headings;
  teams: Headings;
  meet: Headings;
  /** Headings of Teams that show, in any part of a file, that each row is one stay. */
  oneStay: readonly string[];
  /** Words in headings about the waiting room. */
  waitingRoom: readonly string[];
  /** How an action begins, for a join and for a leave; and the words for a join before the list began. */
  came: readonly string[];
  went: readonly string[];
  before: readonly string[];
  yes: readonly string[];
  no: readonly string[];
  /** January to December, each as it may be written. */
  months: readonly (readonly string[])[];
  units: {
    day: readonly string[];
    hour: readonly string[];
    minute: readonly string[];
    second: readonly string[];
  };
  /** Between the parts of a length: `1 hour and 2 minutes`. */
  and: readonly string[];
  am: readonly string[];
  pm: readonly string[];
  /** Between a date and its time. */
  at: readonly string[];
  parts: Partial<Record<NamePart, readonly string[]>>;
  /** Words in file names that are no name of a room. */
  fileWords: readonly string[];
  /** The titles that programs give to meetings without one. */
  untitled: readonly string[];
}
