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

const CURSOR = /^(r=1&)?p=(.*)$/su;
const IN_MEETING = /^([0-9a-f-]{36})\.(\d{1,9})$/;

/**
 * The cursor of a meeting's list; `null` for its beginning. Throws 404 for a cursor that no list gave out. A
 * cursor of a meeting that was merged, parted or erased since begins anew, so that nothing is left out.
 */
export function pageNumberIn(url: URL, meetingId: string | null): ListCursor<number> | null {
  const cursor = cursorIn(url);
  if (cursor === null) return null;
  const [, meeting, seq] = IN_MEETING.exec(cursor.key) ?? [];
  if (meeting === undefined) throw invalidCursor();
  if (meeting !== meetingId) return null;
  return { direction: cursor.direction, key: Number(seq) };
}

/** The place that a cursor names; `null` for the beginning of a list. Throws 404 for what no list gave out. */
export function cursorIn(url: URL): ListCursor<string> | null {
  const text = lastIn(url, "cursor");
  if (text === null || text === "") return null;
  const [, reverse, key] = CURSOR.exec(Buffer.from(text, "base64url").toString("utf8")) ?? [];
  if (key === undefined) throw invalidCursor();
  return { direction: reverse === undefined ? "next" : "previous", key };
}

export function invalidCursor(): BotRefusal {
  return new BotRefusal(404, { detail: "Invalid cursor" });
}

/** How a list stands in the links of its pages. */
interface Linked<Row> {
  /** What names the place of a row. */
  placeOf: (row: Row) => string;
  /** Places just before and just behind that of the cursor, for a page that has no rows. */
  before: string;
  behind: string;
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
  const place = (seq: number) => `${meetingId}.${Math.max(0, seq)}`;
  const edge = cursor?.key ?? 0;
  const linked: Linked<Row> = {
    placeOf: ({ seq }) => place(seq),
    before: place(edge - 1),
    behind: place(edge + 1),
  };
  return linkedPage(url, cursor, rows, linked, toResult);
}

/** One page of any list, as `pageOf`. An empty page still links back, so that a poller at the end can return from there. */
export function linkedPage<Row, Result>(
  url: URL,
  cursor: Pick<ListCursor<unknown>, "direction"> | null,
  rows: readonly Row[],
  { placeOf, before, behind }: Linked<Row>,
  toResult: (row: Row) => Result,
): Page<Result> {
  const more = rows.length > PAGE;
  const back = cursor?.direction === "previous";
  const shown = back ? rows.slice(0, PAGE).toReversed() : rows.slice(0, PAGE);
  const [first, last] = [shown[0], shown.at(-1)];
  const hasNext = back || more;
  const hasPrevious = back ? more : cursor !== null;
  return {
    next: hasNext ? linkTo(url, `p=${last === undefined ? before : placeOf(last)}`) : null,
    previous: hasPrevious
      ? linkTo(url, `r=1&p=${first === undefined ? behind : placeOf(first)}`)
      : null,
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
