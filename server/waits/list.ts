import { database } from "#db/connection/client.ts";
import { listWaits } from "#db/waits/list-waits.ts";
import { waitCertainty } from "#domain/meeting/certainty.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { cursorIn, limitIn, page } from "#server/http/cursor.ts";
import { waitCursorOf, waitKeyOf } from "./cursor.ts";
import { waitSelectionIn } from "./query.ts";

/** `GET /api/v1/waits`: takes the same filters as its files. */
export async function getWaits(url: URL): Promise<Response> {
  const limit = limitIn(url);
  const cursor = cursorIn(url);
  const now = Date.now();
  const rows = await listWaits(
    database().orm,
    waitSelectionIn(url),
    cursor && { direction: cursor.direction, key: waitCursorOf(cursor) },
    limit + 1,
  );
  const { rows: shown, next, previous } = page(url, rows, limit, cursor, waitKeyOf);
  const results = shown.map((row) => ({
    meeting_id: row.meetingId,
    source: row.source,
    room: row.room,
    title: row.title,
    person_id: row.personId,
    name: row.name,
    started_at: toWireTime(row.startedAt),
    ended_at: toWireTime(row.endedAt),
    duration_ms: Math.max(0, (row.endedAt ?? now) - row.startedAt),
    duration_is: waitCertainty(row),
    outcome: row.outcome,
    inferred: row.inferred,
  }));
  return Response.json({ next, previous, results, as_of: toWireTime(now) });
}
