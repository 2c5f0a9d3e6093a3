import type { Sql } from "#db/connection/client.ts";
import type { Reader } from "#db/sql/orm.ts";
import type { Past } from "./past.ts";

/** One thing that a page asks, the three ways it can be answered. */
export interface HistoryQuestion {
  /** The product's own query. Answers what names its rows, in their order. */
  ours(reader: Reader): Promise<string[]>;
  /** What one would write by hand for just these rows: the same answer. */
  byHand(sql: Sql): Promise<string[]>;
  /** What it would take without read models: the same numbers for the same page, from the events alone. */
  fromEvents?(sql: Sql): Promise<number>;
}

/** A query of a page. Each question is another: another room, another day, another name. */
export interface Case {
  name: string;
  draw(past: Past, random: () => number): HistoryQuestion;
}

/** One of a list; every list in a past has some. */
export function pick<T>(list: readonly T[], random: () => number): T {
  const one = list[Math.floor(random() * list.length)];
  if (one === undefined) throw new RangeError("there is nothing to pick from");
  return one;
}

/** A moment in the past, not in its very first weeks. */
export function momentIn({ from, to }: Past, random: () => number): number {
  return Math.round(to - (to - from) * 0.9 * random());
}
