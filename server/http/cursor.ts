import { z } from "zod";
import type { ListCursor } from "#db/lists/list-cursor.ts";
import { ApiError } from "./answer.ts";
import type { AskedParams } from "./asked.ts";
import { isKeepable } from "./json-body.ts";
import { valueIn } from "./query.ts";
import { DEFAULT_LIMIT, LIST } from "./takes.ts";

/** The sort values of a row, as a cursor has them. */
export type SortValues = (string | number)[];

/** The sort values that a cursor may have: whole numbers, and text that PostgreSQL can hold. */
const sortValue = z.union([z.string().max(1_100).refine(isKeepable), z.int()]);
const cursorShape = z.tuple([z.enum(["next", "previous"]), z.array(sortValue).max(4)]);

/** How many results a page has. Throws 400 for a number that no page has. */
export function limitIn(url: URL): number {
  return valueIn(url, "limit", LIST.limit) ?? DEFAULT_LIMIT;
}

/** The cursor that a list gave out as this text. Throws 400 for any other. */
export function cursorOf(text: string): ListCursor<SortValues> {
  try {
    const [direction, key] = cursorShape.parse(
      JSON.parse(Buffer.from(text, "base64url").toString("utf8")),
    );
    return { direction, key };
  } catch (cause) {
    throw badCursor(cause);
  }
}

/** The cursor in a page's address, as `read` reads it; `null` for the first page. */
export function cursorAsked<Position>(
  asked: AskedParams,
  read: (text: string) => Position | null,
): Position | null {
  return asked.read("cursor", read, "The first page is shown.");
}

export function badCursor(cause?: unknown): ApiError {
  return new ApiError(400, "bad_cursor", "cursor is not one this list gave out.", { cause });
}

/**
 * One page of a list. `rows` are up to one more than `limit`, in the order of the direction; the returned rows are
 * always in the list's own order.
 */
export function page<Row>(
  url: URL,
  rows: readonly Row[],
  limit: number,
  cursor: ListCursor<unknown> | null,
  keyOf: (row: Row) => SortValues,
): { rows: Row[]; next: string | null; previous: string | null } {
  const more = rows.length > limit;
  const back = cursor?.direction === "previous";
  const shown = back ? rows.slice(0, limit).toReversed() : rows.slice(0, limit);
  const link = (
    direction: ListCursor<unknown>["direction"],
    row: Row | undefined,
  ): string | null => {
    if (row === undefined) return null;
    const target = new URL(url);
    const text = JSON.stringify([direction, keyOf(row)]);
    target.searchParams.set("cursor", Buffer.from(text).toString("base64url"));
    return target.href;
  };
  return {
    rows: shown,
    next: back || more ? link("next", shown.at(-1)) : null,
    previous: (back ? more : cursor !== null) ? link("previous", shown[0]) : null,
  };
}
