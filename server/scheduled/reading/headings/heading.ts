import { COLUMN_MEANINGS } from "#domain/scheduled/reading.ts";

/**
 * The meaning of a heading. `name` may be the whole name or the part of it that no other column has:
 * "Name; Vorname", "Nome; Cognome". `second_name` is a name that most people do not join by: it is left out, and
 * a note on each line says so.
 */
export const HEADING_MEANINGS = [...COLUMN_MEANINGS, "whole_name", "second_name"] as const;
export type HeadingMeaning = (typeof HEADING_MEANINGS)[number];

/** The headings of class lists in one language. */
export type HeadingWords = Partial<Record<HeadingMeaning, readonly string[]>>;

/** Splits lines of words that are written with bars between them. */
export function words(...lines: readonly string[]): string[] {
  return lines.flatMap((line) => line.split(" | "));
}
