import { database } from "#db/client.ts";
import type { MeetingFilter } from "#db/reading/history/meeting-filter.ts";
import { listMeetingRows, type MeetingOrder } from "#db/reading/history/meetings.ts";
import { listMeetings, listWaits } from "#db/reading/lists.ts";
import {
  isUuid,
  type MeetingRow,
  meetingById,
  neighboursOf,
  recordsAfter,
  returnedIn,
} from "#db/reading/meeting.ts";
import { waitCertainty } from "#domain/certainty.ts";
import { waitKey } from "#domain/wait.ts";
import { toWireTime } from "#domain/wire.ts";
import { rulesOfRow } from "#server/live/rules.ts";
import { ApiError, notFound } from "./answer.ts";
import { withAttendees } from "./history/matched.ts";
import {
  meetingCursorIn,
  meetingCursorOf,
  meetingFilterIn,
  meetingSortKeyOf,
  orderIn,
} from "./history/meeting-list.ts";
import { waitCursorOf, waitKeyOf } from "./history/wait-place.ts";
import { waitSelectionIn } from "./history/waiting-lens.ts";
import { meetingJson, meetingRowJson } from "./meeting-json.ts";
import { type Cursor, cursorIn, limitIn, page } from "./page.ts";
import { wholeNumberIn } from "./query.ts";

const MOST_GRACE_MS = 86_400_000;

/** `GET /api/v1/meetings`: newest first, or, where it asks for an order, in progress first and then in that. */
export async function getMeetings(url: URL): Promise<Response> {
  const limit = limitIn(url);
  const filter = meetingFilterIn(url, Date.now());
  const by = orderIn(url);
  if (by !== null) return getMeetingsInOrder(url, filter, by, limit);
  const cursor = cursorIn(url);
  const rows = await listMeetings(
    database().orm,
    filter,
    cursor && { direction: cursor.direction, key: meetingPlace(cursor) },
    limit + 1,
  );
  const {
    rows: shown,
    next,
    previous,
  } = page(url, rows, limit, cursor, ({ firstAt, id }) => [firstAt, id]);
  return Response.json({ next, previous, results: await rowsJson(shown, filter.q) });
}

/** Of a search each row also says whom of its people it found. */
async function rowsJson(rows: readonly MeetingRow[], q: string | null): Promise<object[]> {
  if (q === null) return rows.map(meetingRowJson);
  return (await withAttendees(database().orm, rows, q)).map(({ matched, ...row }) => ({
    ...meetingRowJson(row),
    matched: matched && { person: matched.person, other_name: matched.otherName },
  }));
}

async function getMeetingsInOrder(
  url: URL,
  filter: MeetingFilter,
  by: MeetingOrder,
  limit: number,
): Promise<Response> {
  const from = meetingCursorIn(url);
  const found = await listMeetingRows(database().orm, filter, by, from, limit + 1);
  const { rows, next, previous } = page(
    url,
    found,
    limit,
    from && meetingCursorOf(from),
    meetingSortKeyOf,
  );
  return Response.json({ next, previous, results: await rowsJson(rows, filter.q) });
}

/** `GET /api/v1/meetings/{id}`; the address of a merged meeting leads to the one it became part of. */
export async function getMeeting(url: URL, id: string): Promise<Response> {
  const row = await meetingNamed(url, id);
  if (row instanceof Response) return row;
  const records = await recordsAfter(database().orm, row.id, 0);
  const rules = rulesOfRow(row);
  const graceMs = wholeNumberIn(url, "grace_ms", MOST_GRACE_MS) ?? rules.graceMs;
  const waits = await returnedIn(database().orm, row.id);
  const returned = new Set(waits.map((wait) => waitKey(wait.participantId, wait.startedAt)));
  const elsewhere = { returned, overtakenAt: row.overtakenAt };
  const lens = { rules: { ...rules, graceMs }, elsewhere };
  return Response.json(meetingJson(row, records, lens, Date.now()));
}

/** `GET /api/v1/meetings/{id}/events` */
export async function getMeetingEvents(url: URL, id: string): Promise<Response> {
  const row = await meetingNamed(url, id);
  if (row instanceof Response) return row;
  const limit = limitIn(url);
  const after = wholeNumberIn(url, "after_seq", 2 ** 31 - 1) ?? 0;
  const records = await recordsAfter(database().orm, row.id, after, limit + 1);
  const results = records.slice(0, limit);
  const link = (seq: number): string => {
    const target = new URL(url);
    target.searchParams.set("after_seq", String(seq));
    return target.href;
  };
  return Response.json({
    next: records.length > limit ? link(results.at(-1)?.seq ?? after) : null,
    previous: after > 0 ? link(Math.max(0, after - limit)) : null,
    results,
  });
}

/** `GET /api/v1/meetings/{id}/neighbours`: the meetings of its room before and after it. */
export async function getNeighbours(url: URL, id: string): Promise<Response> {
  const row = await meetingNamed(url, id);
  if (row instanceof Response) return row;
  const { before, after } = await neighboursOf(database().orm, row);
  return Response.json({
    before: before && meetingRowJson(before),
    after: after && meetingRowJson(after),
  });
}

/** `GET /api/v1/waits`: narrowed as its files are. */
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

/** A meeting by its address; for one that was merged, the answer that leads to where it is now. */
export async function meetingNamed(url: URL, id: string): Promise<MeetingRow | Response> {
  const row = await meetingById(database().orm, id);
  if (row === null) throw notFound("meeting");
  if (row.mergedInto === null) return row;
  const target = new URL(url);
  target.pathname = url.pathname.replace(id, row.mergedInto);
  return new Response(null, {
    status: 307,
    headers: { location: target.pathname + target.search },
  });
}

function meetingPlace({ key }: Cursor): { firstAt: number; id: string } {
  const [firstAt, id] = key;
  if (typeof firstAt !== "number" || typeof id !== "string" || !isUuid(id)) throw badCursor();
  return { firstAt, id };
}

function badCursor(): ApiError {
  return new ApiError(400, "bad_cursor", "cursor is not one this list gave out.");
}
