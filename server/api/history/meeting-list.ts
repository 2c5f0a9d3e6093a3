import type { MeetingFilter } from "#db/reading/history/meeting-filter.ts";
import type { ListFrom, ListOrder, ListPlace } from "#db/reading/history/meetings.ts";
import { isMeetingId } from "#db/reading/meeting.ts";
import type { Ms } from "#domain/event.ts";
import { MEETING_SORTS, type Narrowed } from "#domain/history/meetings.ts";
import { ApiError } from "#server/api/answer.ts";
import { type Cursor, cursorIn } from "#server/api/page.ts";
import { oneOf, textIn, wholeNumberIn } from "#server/api/query.ts";
import { rangeIn } from "./range.ts";

const STATUSES = ["waiting", "live", "ended"] as const;
const LONGEST_MS = 999_999_999_999;

export const NEWEST_FIRST: ListOrder = { sort: "started", order: "desc" };

/** What a page's list is narrowed to besides its days; what cannot be read is as if it were not there. */
export function narrowedIn(url: URL): Narrowed {
  const duration = url.searchParams.get("min_duration_ms") ?? "";
  const ms = /^\d{1,12}$/.test(duration) ? Number(duration) : 0;
  return {
    source: textIn(url, "source"),
    room: textIn(url, "room"),
    q: textIn(url, "q"),
    minDurationMs: ms > 0 ? ms : null,
  };
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
export function orderIn(url: URL): ListOrder | null {
  const sort = oneOf(url, "sort", MEETING_SORTS);
  const order = oneOf(url, "order", ["asc", "desc"] as const);
  if (sort === null && order === null) return null;
  return { sort: sort ?? NEWEST_FIRST.sort, order: order ?? NEWEST_FIRST.order };
}

/** Where a sorted list goes on. Throws 400 for a cursor it did not give out. */
export function placeIn(url: URL): ListFrom | null {
  const cursor = cursorIn(url);
  if (cursor === null) return null;
  const [live, value, firstAt, id] = cursor.key;
  if (
    (live !== 0 && live !== 1) ||
    typeof value !== "number" ||
    typeof firstAt !== "number" ||
    typeof id !== "string" ||
    !isMeetingId(id)
  ) {
    throw new ApiError(400, "bad_cursor", "cursor is not one this list gave out.");
  }
  return { direction: cursor.direction, place: { live: live === 1, value, firstAt, id } };
}

export function cursorOf({ direction, place }: ListFrom): Cursor {
  return { direction, key: keyOf({ place }) };
}

export function keyOf({ place }: { place: ListPlace }): Cursor["key"] {
  return [place.live ? 1 : 0, place.value, place.firstAt, place.id];
}
