import type { WaitPlace } from "#db/reading/history/waits.ts";
import type { Place } from "#db/reading/lists.ts";
import { isMeetingId } from "#db/reading/meeting.ts";
import { ApiError } from "#server/api/answer.ts";
import { type Cursor, cursorIn } from "#server/api/page.ts";

/** Where a list of waits goes on. Throws 400 for a cursor it did not give out. */
export function waitPlaceIn(url: URL): Place<WaitPlace> | null {
  const cursor = cursorIn(url);
  return cursor && { direction: cursor.direction, key: waitPlaceOf(cursor) };
}

/** The place a cursor names. Throws 400 for one no list of waits gave out. */
export function waitPlaceOf({ key }: Cursor): WaitPlace {
  const [startedAt, meetingId, participantId] = key;
  if (
    typeof startedAt !== "number" ||
    typeof meetingId !== "string" ||
    !isMeetingId(meetingId) ||
    typeof participantId !== "string"
  ) {
    throw new ApiError(400, "bad_cursor", "cursor is not one this list gave out.");
  }
  return { startedAt, meetingId, participantId };
}

export function waitKeyOf({ startedAt, meetingId, participantId }: WaitPlace): Cursor["key"] {
  return [startedAt, meetingId, participantId];
}
