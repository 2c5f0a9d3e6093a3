import type { RosterRole } from "./scheduled.ts";

/*
 * How a pasted roster was understood, as the API says it and as the form shows it before anything is kept.
 */

/**
 * What a column of a roster may be taken for; `middle_name` stands between the first and the last name, and
 * `ignore` says nothing of who somebody is.
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

/** What stands on both sides of a comma in a line: `Müller, Anna`, several people, or a part of one name. */
export const COMMAS = ["last_first", "people", "part_of_name"] as const;
export type Commas = (typeof COMMAS)[number];

export interface PersonRead {
  name: string | null;
  email: string | null;
  user_id: string | null;
  role: RosterRole;
}

/** What became of a line: of every one that is not blank something is said. */
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
  /** As the heading calls it; `null` without one. */
  heading: string | null;
  as: ColumnMeaning | null;
  /** What stands in it first. */
  sample: string | null;
}

/** What is asked because it cannot be decided: the field says how to answer. */
export interface RosterQuestion {
  field: "columns" | "commas";
  message: string;
}

export interface RosterReading {
  lines: LineRead[];
  people_count: number;
  /** `null` where a line is a person and not a row of a table. */
  columns: ColumnRead[] | null;
  /** The line that names the columns; `null` where none does. */
  heading_line: number | null;
  /** How commas in names were read; `null` where there are none. */
  commas: Commas | null;
  questions: RosterQuestion[];
}
