/** The providers whose files are read. */
export const IMPORT_FORMATS = ["zoom", "teams", "meet"] as const;
export type ImportFormat = (typeof IMPORT_FORMATS)[number];

/** What a column, or a line of the head, is about. */
export const COLUMN_ROLES = [
  "name",
  "first",
  "last",
  "email",
  "joined",
  "left",
  "duration",
  "total",
  "waiting",
  "guest",
  "attended",
  "role",
  "action",
  "at",
  "session",
  "event",
  "endpoint",
  "room",
  "title",
  "starts",
  "ends",
  "host",
  "day",
] as const;
export type ColumnRole = (typeof COLUMN_ROLES)[number];

/** A cell without invisible characters, and with single spaces. */
export function tidy(cell: string): string {
  return cell
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\0]/gu, "")
    .replace(/\s+/gu, " ")
    .trim();
}
