import { readChoices } from "#db/lists/choices.ts";
import type { Reader } from "#db/sql/orm.ts";
import type { HistoryPage } from "#domain/lists/history-page.ts";
import type { SortOrder } from "#domain/lists/narrowing.ts";
import type { Total } from "#domain/lists/total.ts";
import { narrowedOf } from "./parameters.ts";

/** What `onPage` of a list over the past gives. */
interface AskedHistory<Row, Sort extends string> {
  values: Parameters<typeof narrowedOf>[0];
  selection: { by: { sort: Sort; order: SortOrder } };
  days: Pick<HistoryPage<Row, Sort>, "asOf" | "period" | "today">;
  read: (
    reader: Reader,
    limit: number,
  ) => Promise<{ rows: Row[]; next: string | null; previous: string | null; total: Total }>;
}

/** So many rows a page of a list over the past has. */
const ROWS = 50;

/**
 * A page of a list over the past: its rows, its filters, and what it can be narrowed to, of rooms at most `mostRooms`.
 */
export async function readHistory<Row, Sort extends string>(
  { values, selection, days, read }: AskedHistory<Row, Sort>,
  reader: Reader,
  { mostRooms }: { mostRooms: number } = { mostRooms: 0 },
): Promise<HistoryPage<Row, Sort>> {
  const narrowed = narrowedOf(values);
  const [found, choices] = await Promise.all([
    read(reader, ROWS),
    readChoices(reader, mostRooms, narrowed),
  ]);
  return { ...found, ...days, narrowed, ...selection.by, choices };
}
