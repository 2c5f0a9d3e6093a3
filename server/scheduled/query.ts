import type { ScheduledCursor, ScheduledFilter } from "#db/scheduled/reading-scheduled.ts";
import { isUuid } from "#domain/uuid.ts";
import { ApiError } from "#server/http/answer.ts";
import { type Cursor, cursorIn } from "#server/http/cursor.ts";
import { oneOf, textIn } from "#server/http/query.ts";
import { rangeIn } from "#server/http/range.ts";

export interface ScheduledQuery {
  filter: ScheduledFilter;
  order: "asc" | "desc";
}

/** The filter and order of the list in the API. Throws 400 for a parameter that cannot be read. */
export function scheduledQueryIn(url: URL): ScheduledQuery {
  return {
    filter: {
      source: textIn(url, "source"),
      room: textIn(url, "room"),
      q: textIn(url, "q"),
      ...rangeIn(url),
      endsAfter: null,
      endedBy: null,
    },
    order: oneOf(url, "order", ["asc", "desc"] as const) ?? "desc",
  };
}

/** The cursor of a list; `null` for its beginning. Throws 400 for a cursor that no list gave out. */
export function scheduledCursorIn(url: URL): ScheduledCursor | null {
  const cursor = cursorIn(url);
  if (cursor === null) return null;
  const [startsAt, id] = cursor.key;
  if (typeof startsAt !== "number" || typeof id !== "string" || !isUuid(id)) {
    throw new ApiError(400, "bad_cursor", "cursor is not one this list gave out.");
  }
  return { direction: cursor.direction, startsAt, id };
}

export function scheduledKey({ startsAt, id }: { startsAt: number; id: string }): Cursor["key"] {
  return [startsAt, id];
}
