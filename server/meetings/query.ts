import type { MeetingFilter } from "#db/meetings/meeting-filter.ts";
import type { MeetingCursor, MeetingListFrom, MeetingOrder } from "#db/meetings/meetings.ts";
import { MEETING_SORTS } from "#domain/meetings/meetings.ts";
import type { Ms } from "#domain/time/ms.ts";
import { isUuid } from "#domain/uuid.ts";
import { ApiError } from "#server/http/answer.ts";
import type { AskedParams } from "#server/http/asked.ts";
import { type Cursor, cursorIn } from "#server/http/cursor.ts";
import { LONGEST_MS, sortedIn } from "#server/http/narrowing.ts";
import { ORDERS, oneOf, textIn, wholeNumberIn } from "#server/http/query.ts";
import { rangeIn } from "#server/http/range.ts";

const STATUSES = ["waiting", "live", "ended"] as const;

export const NEWEST_FIRST: MeetingOrder = { sort: "started", order: "desc" };

/** The filter of the list in the API. Throws 400 for a parameter that cannot be read. */
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

/** How a list in the API is sorted; `null` where the query names no order. Throws 400 for an unknown one. */
export function orderIn(url: URL): MeetingOrder | null {
  const sort = oneOf(url, "sort", MEETING_SORTS);
  const order = oneOf(url, "order", ORDERS);
  return sort === null && order === null ? null : orderOf(sort, order);
}

/** How the list of a page is sorted; an unknown order counts as absent. */
export function orderAsked(asked: AskedParams): MeetingOrder {
  return orderOf(...sortedIn(asked, MEETING_SORTS));
}

function orderOf(
  sort: MeetingOrder["sort"] | null,
  order: MeetingOrder["order"] | null,
): MeetingOrder {
  return { sort: sort ?? NEWEST_FIRST.sort, order: order ?? NEWEST_FIRST.order };
}

/** The cursor of a sorted list; `null` for its beginning. Throws 400 for a cursor that no list gave out. */
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
