import type { MeetingFilter } from "#db/reading/history/meeting-filter.ts";
import type { MeetingCursor, MeetingListFrom, MeetingOrder } from "#db/reading/history/meetings.ts";
import { isUuid } from "#db/reading/meeting.ts";
import type { Ms } from "#domain/event.ts";
import { MEETING_SORTS, type Narrowed, type SortOrder } from "#domain/history/meetings.ts";
import { ApiError } from "#server/api/answer.ts";
import { type Cursor, cursorIn } from "#server/api/page.ts";
import { ORDERS, oneOf, textIn, wholeNumber, wholeNumberIn } from "#server/api/query.ts";
import type { AskedParams } from "#server/asked.ts";
import { rangeIn } from "./range.ts";

const STATUSES = ["waiting", "live", "ended"] as const;
const LONGEST_MS = 999_999_999_999;

export const NEWEST_FIRST: MeetingOrder = { sort: "started", order: "desc" };

/** What a page's list can be narrowed to. */
type Field = "source" | "room" | "q" | "min_duration_ms";

/** What a page's list is narrowed to besides its days, of what it can be. */
export function narrowedIn(asked: AskedParams, fields: readonly Field[]): Narrowed {
  const textOf = (name: Field) => (fields.includes(name) ? asked.text(name) : null);
  return {
    source: textOf("source"),
    room: textOf("room"),
    q: textOf("q"),
    minDurationMs: fields.includes("min_duration_ms") ? minDurationOf(asked) : null,
  };
}

/** `null` for any length. */
function minDurationOf(asked: AskedParams): Ms | null {
  const name = "min_duration_ms";
  const ms = asked.read(
    name,
    (text) => wholeNumber(text, name, LONGEST_MS),
    "Meetings of any length count.",
  );
  return ms === 0 ? null : ms;
}

/** What a program's list is narrowed to. Throws 400 for what cannot be read. */
export function meetingFilterIn(url: URL, now: Ms): MeetingFilter {
  const ms = wholeNumberIn(url, "min_duration_ms", LONGEST_MS);
  return {
    status: oneOf(url, "status", STATUSES),
    source: textIn(url, "source"),
    room: textIn(url, "room"),
    person: textIn(url, "person"),
    q: textIn(url, "q"),
    ...rangeIn(url),
    longerThan: ms === null || ms === 0 ? null : { ms, now },
  };
}

/** How a list is sorted; `null` where a query does not say. Throws 400 for what is none. */
export function orderIn(url: URL): MeetingOrder | null {
  const sort = oneOf(url, "sort", MEETING_SORTS);
  const order = oneOf(url, "order", ORDERS);
  return sort === null && order === null ? null : orderOf(sort, order);
}

/** How a page's list is sorted. */
export function orderAsked(asked: AskedParams): MeetingOrder {
  return orderOf(...sortedIn(asked, MEETING_SORTS));
}

function orderOf(
  sort: MeetingOrder["sort"] | null,
  order: MeetingOrder["order"] | null,
): MeetingOrder {
  return { sort: sort ?? NEWEST_FIRST.sort, order: order ?? NEWEST_FIRST.order };
}

/** The column and the direction a page is asked to sort by. */
export function sortedIn<Sort extends string>(
  asked: AskedParams,
  sorts: readonly Sort[],
): [Sort | null, SortOrder | null] {
  return [
    asked.oneOf("sort", sorts, "The usual order is shown."),
    asked.oneOf("order", ORDERS, "The usual direction is shown."),
  ];
}

/** Where a page's list goes on, as `read` has it. */
export function cursorAsked<Place>(asked: AskedParams, read: () => Place | null): Place | null {
  return asked.read("cursor", read, "The first page is shown.");
}

/** Where a sorted list goes on. Throws 400 for a cursor it did not give out. */
export function meetingCursorIn(url: URL): MeetingListFrom | null {
  const cursor = cursorIn(url);
  if (cursor === null) return null;
  const [live, value, firstAt, id] = cursor.key;
  if (
    (live !== 0 && live !== 1) ||
    typeof value !== "number" ||
    typeof firstAt !== "number" ||
    typeof id !== "string" ||
    !isUuid(id)
  ) {
    throw new ApiError(400, "bad_cursor", "cursor is not one this list gave out.");
  }
  return { direction: cursor.direction, place: { live: live === 1, value, firstAt, id } };
}

export function meetingCursorOf({ direction, place }: MeetingListFrom): Cursor {
  return { direction, key: meetingSortKeyOf({ place }) };
}

export function meetingSortKeyOf({ place }: { place: MeetingCursor }): Cursor["key"] {
  return [place.live ? 1 : 0, place.value, place.firstAt, place.id];
}
