import type { ColumnRole } from "./roles.ts";

/** What columns are called, by what they say. `aside` are those that say nothing of attendance. */
export type Headings = Partial<Record<ColumnRole | "aside", readonly string[]>>;

/** What a part of a file holds, by its title. */
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
 * How reports are written in one language: headings, words and phrases, in small letters. As seen in files and in
 * the words of those who make them, and as they may be put otherwise; none that could mean something else.
 */
export interface Language {
  /** BCP 47 */
  code: string;
  zoom: Headings;
  teams: Headings;
  meet: Headings;
  /** Headings of Teams that name one stay, wherever they stand. */
  oneStay: readonly string[];
  /** What a heading about the waiting room has in it. */
  waitingRoom: readonly string[];
  /** How an action begins: somebody came, or went; and what says that they had come before. */
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
  /** What names of files say that is no name of a room. */
  fileWords: readonly string[];
  /** What meetings are called that nobody gave a name. */
  untitled: readonly string[];
}
