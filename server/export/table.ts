import type { Ms } from "#domain/event.ts";

/*
 * A table on its way out, whatever the format: columns that say what they hold, and rows that are read in
 * batches while the first of them are already on their way.
 */

/** What a cell holds. A moment is epoch ms and a duration is in ms; each format writes them its own way. */
export type Column<Row> = { name: string } & (
  | { kind: "text"; value: (row: Row) => string | null }
  | { kind: "number"; value: (row: Row) => number | null }
  | { kind: "flag"; value: (row: Row) => boolean | null }
  | { kind: "moment"; value: (row: Row) => Ms | null }
  | { kind: "duration"; value: (row: Row) => Ms | null }
);

/** Rows in batches, each read only when the one before has been taken. */
export type Batches<Row> = AsyncIterable<readonly Row[]>;

export interface Table<Row> {
  columns: readonly Column<Row>[];
  batches: Batches<Row>;
}

/** `h:mm:ss`; hours go on past 24. Rounded down to the second, never negative. */
export function clockOf(ms: Ms): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (value: number) => String(value).padStart(2, "0");
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
