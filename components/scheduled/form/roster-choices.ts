import type { RosterReading } from "#domain/scheduled/reading.ts";

/** How a roster is to be read, as chosen in the form. The API takes it as `reading`. */
export interface RosterReadingChoice {
  columns: (string | null)[] | null;
  heading_line: number | null;
  commas: RosterReading["commas"];
}
