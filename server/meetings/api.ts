import { database } from "#db/connection/client.ts";
import { type MeetingRow, meetingById, neighboursOf, recordsAfter } from "#db/meetings/meeting.ts";
import type { MeetingFilter } from "#db/meetings/meeting-filter.ts";
import type { Reader } from "#db/sql/orm.ts";
import { notFound } from "#server/http/answer.ts";
import { limitIn } from "#server/http/cursor.ts";
import { valueIn } from "#server/http/query.ts";
import type { AnswerOf, RowsOf } from "#server/http/schema.ts";
import type { events } from "./event-schema.ts";
import { meetingRowJson } from "./json.ts";
import { withAttendees } from "./matched.ts";
import { AFTER_SEQ, GRACE } from "./query.ts";
import type { meetings, neighbours } from "./schema.ts";
import { wholeMeeting } from "./whole.ts";

/** Meetings of the list as JSON. In a search, `matched` names the person of the meeting that was found. */
export async function meetingsJson(
  rows: readonly MeetingRow[],
  { reader, selection: { filter } }: { reader: Reader; selection: { filter: MeetingFilter } },
): Promise<RowsOf<typeof meetings>> {
  if (filter.q === null) return { results: rows.map(meetingRowJson) };
  const found = await withAttendees(reader, rows, filter.q);
  return {
    results: found.map(({ matched, ...row }) => ({
      ...meetingRowJson(row),
      matched: matched && { person: matched.person, other_name: matched.otherName },
    })),
  };
}

/** `GET /api/v1/meetings/{id}`; the address of a merged meeting leads to the one it became part of. */
export async function getMeeting(url: URL, id: string): Promise<Response> {
  const row = await meetingNamed(url, id);
  if (row instanceof Response) return row;
  const graceMs = valueIn(url, "grace_ms", GRACE);
  return Response.json(await wholeMeeting(database().orm, row, Date.now(), graceMs));
}

/** `GET /api/v1/meetings/{id}/events` */
export async function getMeetingEvents(url: URL, id: string): Promise<Response> {
  const row = await meetingNamed(url, id);
  if (row instanceof Response) return row;
  const limit = limitIn(url);
  const after = valueIn(url, "after_seq", AFTER_SEQ) ?? 0;
  const records = await recordsAfter(database().orm, row.id, after, limit + 1);
  const results = records.slice(0, limit);
  const link = (seq: number): string => {
    const target = new URL(url);
    target.searchParams.set("after_seq", String(seq));
    return target.href;
  };
  const page: AnswerOf<typeof events> = {
    next: records.length > limit ? link(results.at(-1)?.seq ?? after) : null,
    previous: after > 0 ? link(Math.max(0, after - limit)) : null,
    results,
  };
  return Response.json(page);
}

/** `GET /api/v1/meetings/{id}/neighbours`: the meetings before and after it in its room. */
export async function getNeighbours(url: URL, id: string): Promise<Response> {
  const row = await meetingNamed(url, id);
  if (row instanceof Response) return row;
  const { before, after } = await neighboursOf(database().orm, row);
  const both: AnswerOf<typeof neighbours> = {
    before: before && meetingRowJson(before),
    after: after && meetingRowJson(after),
  };
  return Response.json(both);
}

/** A meeting by its id. For a merged meeting: a 307 to the meeting it became part of. Throws 404. */
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
