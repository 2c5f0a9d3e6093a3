import type { RosterRole } from "./scheduled.ts";

/* How a pasted roster was read, as the API answers it and as the form shows it before storing it. */

/**
 * The meanings of a roster's column; `middle_name` stands between the first and the last name, and `ignore`
 * does not identify anyone.
 */
export const COLUMN_MEANINGS = [
  "name",
  "first_name",
  "middle_name",
  "last_name",
  "email",
  "user_id",
  "role",
  "ignore",
] as const;
export type ColumnMeaning = (typeof COLUMN_MEANINGS)[number];

/** What a comma in a line separates: `Müller, Anna`, several people, or parts of one name. */
export const COMMAS = ["last_first", "people", "part_of_name"] as const;
export type Commas = (typeof COMMAS)[number];

export interface PersonRead {
  name: string | null;
  email: string | null;
  user_id: string | null;
  role: RosterRole;
}

/** How a line was read; every line that is not blank has one. */
export interface LineRead {
  /** From 1 on. */
  line: number;
  text: string;
  kind: "person" | "heading" | "left_out" | "not_understood";
  people: PersonRead[];
  /** What was left out and why, how it was read, or what is wrong. */
  notes: string[];
}

export interface ColumnRead {
  /** The text of the heading; `null` without one. */
  heading: string | null;
  as: ColumnMeaning | null;
  /** Its first value. */
  sample: string | null;
}

/** A question about an ambiguity: the field shows how to answer. */
export interface RosterQuestion {
  field: "columns" | "commas";
  message: string;
}

export interface RosterReading {
  lines: LineRead[];
  people_count: number;
  /** `null` where a line is a person and not a row of a table. */
  columns: ColumnRead[] | null;
  /** The line with the names of the columns; `null` where there is none. */
  heading_line: number | null;
  /** How commas in names were read; `null` where there are none. */
  commas: Commas | null;
  questions: RosterQuestion[];
}
