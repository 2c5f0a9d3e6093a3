import type { ListCursor } from "#db/lists/list-cursor.ts";
import type { WaitCursor } from "#db/waits/waits.ts";
import { isUuid } from "#domain/uuid.ts";
import { ApiError } from "#server/http/answer.ts";
import { type Cursor, cursorIn } from "#server/http/cursor.ts";

/** The cursor of a list of waits; `null` for its beginning. Throws 400 for a cursor that no list gave out. */
export function waitCursorIn(url: URL): ListCursor<WaitCursor> | null {
  const cursor = cursorIn(url);
  return cursor && { direction: cursor.direction, key: waitCursorOf(cursor) };
}

/** The wait that a cursor names. Throws 400 for a cursor that no list of waits gave out. */
export function waitCursorOf({ key }: Cursor): WaitCursor {
  const [startedAt, meetingId, participantId] = key;
  if (
    typeof startedAt !== "number" ||
    typeof meetingId !== "string" ||
    !isUuid(meetingId) ||
    typeof participantId !== "string"
  ) {
    throw new ApiError(400, "bad_cursor", "cursor is not one this list gave out.");
  }
  return { startedAt, meetingId, participantId };
}

export function waitKeyOf({ startedAt, meetingId, participantId }: WaitCursor): Cursor["key"] {
  return [startedAt, meetingId, participantId];
}
