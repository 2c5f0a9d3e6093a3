import type { Ms } from "#domain/time/ms.ts";
import type { Period } from "#domain/time/period.ts";
import type { Choices, Narrowed, SortOrder } from "./narrowing.ts";
import type { Total } from "./total.ts";

/** A page of a list over the past, with its filters. */
export interface HistoryPage<Row, Sort extends string> {
  rows: Row[];
  /** Over all pages. */
  total: Total;
  /** The addresses of the next and previous pages; `null` where there is none. */
  next: string | null;
  previous: string | null;
  asOf: Ms;
  period: Period;
  /** Today in the zone of the period. */
  today: string;
  narrowed: Narrowed;
  sort: Sort;
  order: SortOrder;
  choices: Choices;
}
