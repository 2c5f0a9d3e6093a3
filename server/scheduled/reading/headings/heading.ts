import { COLUMN_MEANINGS } from "#domain/scheduled/reading.ts";

/**
 * What a heading says of its column. `name` may be the whole name or the part of it that no other column has:
 * "Name; Vorname", "Nome; Cognome". `second_name` is a name that most people do not join by: it is left out, and
 * that is said of each line.
 */
export const HEADING_MEANINGS = [...COLUMN_MEANINGS, "whole_name", "second_name"] as const;
export type HeadingMeaning = (typeof HEADING_MEANINGS)[number];

/** What the columns of class lists are called in one language. */
export type HeadingWords = Partial<Record<HeadingMeaning, readonly string[]>>;

/** Words as they are written down here, with bars between. */
export function words(...lines: readonly string[]): string[] {
  return lines.flatMap((line) => line.split(" | "));
}
