import type { ListCursor } from "#db/lists/list-cursor.ts";
import type { Total } from "#domain/lists/total.ts";

/** A list that was asked for, ready to be read. `Position` is what its cursor says of a row. */
export interface OpenedList<Row, Position> {
  /** Rows after (`next`) a cursor in the order of the list, or before it (`previous`), nearest first. */
  read: (from: ListCursor<Position> | null, limit: number) => Promise<readonly Row[]>;
  /** Over all pages; without it the total is not known. */
  count?: () => Promise<Total>;
}
