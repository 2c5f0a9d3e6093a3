import type { Ms } from "#domain/time/ms.ts";

/*
 * A table to export, in any format: typed columns, and rows that are read in batches while earlier ones are
 * already being sent.
 */

/** How a column is named and placed, for programs and for people. */
interface Named {
  /** The name for programs; without a `heading` people read it with spaces. */
  name: string;
  /** The name for people. */
  heading?: string;
  /** Left out for people, as an id means nothing to them. */
  only?: "programs";
  /** First for people, and stays in sight. */
  leads?: true;
  /** Last for people, after the columns they look for more often. */
  trails?: true;
}

/**
 * A column with the kind of its cells. A moment is epoch ms, a duration is in ms, a share is from 0 to 1, a word
 * is one of a fixed set of values; each format writes them its own way.
 */
export type Column<Row> = Named &
  (
    | { kind: "text"; value: (row: Row) => string | null }
    | {
        kind: "word";
        value: (row: Row) => string | null;
        /** The texts for people, by value; a missing one is the value with spaces. */
        words?: Readonly<Record<string, string>>;
      }
    | { kind: "number"; value: (row: Row) => number | null }
    | { kind: "share"; value: (row: Row) => number | null }
    | { kind: "flag"; value: (row: Row) => boolean | null }
    | { kind: "moment"; value: (row: Row) => Ms | null }
    | { kind: "duration"; value: (row: Row) => Ms | null }
  );

/** Rows in batches. Each is read only after the one before was taken. */
export type Batches<Row> = AsyncIterable<readonly Row[]>;

export interface ExportTable<Row> {
  columns: readonly Column<Row>[];
  batches: Batches<Row>;
}

/** Another view of a table's rows for people, on a sheet of its own. */
export interface TableLook<Row> {
  name: string;
  table: ExportTable<Row>;
}

/** A duration as `h:mm:ss`; hours go past 24. Rounded down to the second, never negative. */
export function clockOf(ms: Ms): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (value: number) => String(value).padStart(2, "0");
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
