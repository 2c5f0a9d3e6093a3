import type { ListCursor } from "#db/lists/list-cursor.ts";
import { BotRefusal } from "./answer.ts";
import { lastIn } from "./moments.ts";

/** Attendee's page size; a client cannot choose another. */
export const PAGE = 25;

/** A page of a list, in the order of Attendee's fields. */
export interface Page<Row> {
  next: string | null;
  previous: string | null;
  results: Row[];
}

const CURSOR = /^(r=1&)?p=([0-9a-f-]{36})\.(\d{1,9})$/;

/**
 * The cursor of a meeting's list; `null` for its beginning. Throws 404 for a cursor that no list gave out. A
 * cursor of a meeting that was merged, parted or erased since begins anew, so that nothing is left out.
 */
export function pageNumberIn(url: URL, meetingId: string | null): ListCursor<number> | null {
  const text = lastIn(url, "cursor");
  if (text === null || text === "") return null;
  const [, reverse, meeting, seq] =
    CURSOR.exec(Buffer.from(text, "base64url").toString("latin1")) ?? [];
  if (meeting === undefined) throw new BotRefusal(404, { detail: "Invalid cursor" });
  if (meeting !== meetingId) return null;
  return { direction: reverse === undefined ? "next" : "previous", key: Number(seq) };
}

/**
 * One page of a meeting's list. `rows` are up to `PAGE` and one more, in the order of the cursor's direction;
 * the page is always in the list's own order.
 */
export function pageOf<Row extends { seq: number }, Result>(
  url: URL,
  meetingId: string | null,
  cursor: ListCursor<number> | null,
  rows: readonly Row[],
  toResult: (row: Row) => Result,
): Page<Result> {
  const more = rows.length > PAGE;
  const back = cursor?.direction === "previous";
  const shown = back ? rows.slice(0, PAGE).toReversed() : rows.slice(0, PAGE);
  // An empty page still links back, so that a poller at the end of a list can return from there.
  const edge = cursor?.key ?? 0;
  const first = shown[0]?.seq ?? (back ? edge : edge + 1);
  const last = shown.at(-1)?.seq ?? (back ? edge - 1 : edge);
  const hasNext = back || more;
  const hasPrevious = back ? more : cursor !== null;
  return {
    next: hasNext ? linkTo(url, `p=${meetingId}.${Math.max(0, last)}`) : null,
    previous: hasPrevious ? linkTo(url, `r=1&p=${meetingId}.${first}`) : null,
    results: shown.map(toResult),
  };
}

/** The same query with another cursor: all parameters stay, sorted by name. */
function linkTo(url: URL, cursor: string): string {
  const query = new URLSearchParams(url.searchParams);
  query.set("cursor", Buffer.from(cursor).toString("base64url"));
  query.sort();
  return `${url.origin}${url.pathname}?${query}`;
}
