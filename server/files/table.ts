import type { Ms } from "#domain/time/ms.ts";

/*
 * A table on its way out, whatever the format: columns that say what they hold, and rows that are read in
 * batches while the first of them are already on their way.
 */

/** What programs and people are told of a column. */
interface Named {
  /** For programs; for people too, in words, where there is no heading. */
  name: string;
  /** For people. */
  heading?: string;
  /** An id and the like, which tells people nothing. */
  only?: "programs";
  /** Stands first for people, and stays in sight. */
  leads?: true;
  /** Stands last for people, behind what is looked for more often. */
  trails?: true;
}

/**
 * What a cell holds. A moment is epoch ms and a duration is in ms, a share is from 0 to 1, a word is one of a
 * few that programs know; each format writes them its own way.
 */
export type Column<Row> = Named &
  (
    | { kind: "text"; value: (row: Row) => string | null }
    | {
        kind: "word";
        value: (row: Row) => string | null;
        /** What people read, where that is not the word itself with spaces. */
        words?: Readonly<Record<string, string>>;
      }
    | { kind: "number"; value: (row: Row) => number | null }
    | { kind: "share"; value: (row: Row) => number | null }
    | { kind: "flag"; value: (row: Row) => boolean | null }
    | { kind: "moment"; value: (row: Row) => Ms | null }
    | { kind: "duration"; value: (row: Row) => Ms | null }
  );

/** Rows in batches, each read only when the one before has been taken. */
export type Batches<Row> = AsyncIterable<readonly Row[]>;

export interface ExportTable<Row> {
  columns: readonly Column<Row>[];
  batches: Batches<Row>;
}

/** Another look at the rows of a table, for people, on a sheet of its own. */
export interface TableLook<Row> {
  name: string;
  table: ExportTable<Row>;
}

/** `h:mm:ss`; hours go on past 24. Rounded down to the second, never negative. */
export function clockOf(ms: Ms): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (value: number) => String(value).padStart(2, "0");
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
