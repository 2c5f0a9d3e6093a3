import type { Sql } from "#db/connection/client.ts";
import type { Reader } from "#db/sql/orm.ts";
import type { Past } from "./past.ts";

/** One question of a page, and three ways to answer it. */
export interface HistoryQuestion {
  /** The product's own query. Returns a name for each row, in order. */
  ours(reader: Reader): Promise<string[]>;
  /** Hand-written SQL for the same rows. */
  byHand(sql: Sql): Promise<string[]>;
  /** The same numbers for the same page, from the events alone. Returns the number of rows. */
  fromEvents?(sql: Sql): Promise<number>;
}

/** A query of a page. Each drawn question has another room, day or name. */
export interface Case {
  name: string;
  draw(past: Past, random: () => number): HistoryQuestion;
}

/** A random member of a list. Throws a `RangeError` for an empty one. */
export function pick<T>(list: readonly T[], random: () => number): T {
  const one = list[Math.floor(random() * list.length)];
  if (one === undefined) throw new RangeError("there is nothing to pick from");
  return one;
}

/** A random moment in the past, not in its first tenth. */
export function momentIn({ from, to }: Past, random: () => number): number {
  return Math.round(to - (to - from) * 0.9 * random());
}
