import { database } from "#db/connection/client.ts";
import { hostingIn, type MeetingOfList } from "#db/meetings/meetings.ts";
import type { Reader } from "#db/sql/orm.ts";
import { countWaitsByMeeting } from "#db/waits/waiting.ts";
import { wireSource } from "#domain/event/recorded.ts";
import { coverOf } from "#domain/meetings/cover.ts";
import type { MeetingListRow, MeetingsPage } from "#domain/meetings/meetings.ts";
import type { Ms } from "#domain/time/ms.ts";
import { NO_WAITS } from "#domain/waits/wait-count.ts";
import { readHistory } from "#server/http/lists/history.ts";
import { meetings } from "./list.ts";
import { withAttendees } from "./matched.ts";

const MOST_ROOMS = 300;

/**
 * The page of meetings for the parameters of an address. A parameter that cannot be read counts as absent.
 * A fixed number of statements.
 */
export async function readMeetingsPage(
  params: URLSearchParams,
  reader: Reader = database().orm,
  now: Ms = Date.now(),
): Promise<MeetingsPage> {
  const page = meetings.onPage("/meetings", params, now);
  const { rows, ...found } = await readHistory(page, reader, { mostRooms: MOST_ROOMS });
  const listed = await meetingListRowOf(reader, rows, now);
  return { ...found, rows: await withAttendees(reader, listed, found.narrowed.q) };
}

/** The rows with their waits and their host cover: two statements, however many rows. */
export async function meetingListRowOf(
  reader: Reader,
  rows: readonly MeetingOfList[],
  now: Ms,
): Promise<MeetingListRow[]> {
  const ids = rows.map(({ id }) => id);
  const [waits, hosting] = await Promise.all([
    countWaitsByMeeting(reader, ids),
    hostingIn(reader, ids),
  ]);
  const waitsOf = new Map(waits.map(({ meetingId, count }) => [meetingId, count]));
  const peopleOf = Map.groupBy(hosting, ({ meetingId }) => meetingId);
  return rows.map((row) => ({
    id: row.id,
    source: wireSource(row.source),
    roomId: row.roomId,
    room: row.room,
    title: row.title,
    status: row.status,
    firstAt: row.firstAt,
    startedAt: row.startedAt,
    endedAt: row.endedAt,
    endedBy: row.endedBy,
    presentCount: row.presentCount,
    waitingCount: row.waitingCount,
    peopleCount: row.peopleCount,
    noteTakerCount: row.noteTakerCount,
    peak:
      row.peakCount === null || row.peakAt === null
        ? null
        : { count: row.peakCount, at: row.peakAt },
    ...row.left,
    observer: row.observer,
    waits: row.erasedAt === null ? (waitsOf.get(row.id) ?? NO_WAITS) : null,
    cover: coverOf(peopleOf.get(row.id) ?? [], row.source.graceMs, now),
    erased: row.erasedAt !== null,
  }));
}
