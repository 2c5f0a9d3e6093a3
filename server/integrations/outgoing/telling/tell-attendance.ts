import { attendancesDue, noteTold } from "#db/integrations/outgoing/news.ts";
import { meetingsByIds } from "#db/meetings/meeting.ts";
import type { Orm } from "#db/sql/orm.ts";
import { attendanceTold } from "#domain/integrations/outgoing/of-meeting.ts";
import { wholeMeeting } from "#server/meetings/whole.ts";
import { digestOf } from "./digest.ts";
import { type Happened, type Telling, tellEndpoints } from "./messages.ts";
import { toldMeeting } from "./tell-news.ts";

const AT_ONCE = 10;

/**
 * Tells the attendance of meetings that are over and settled, and of those told before what turned out otherwise. Returns
 * whether there is more.
 */
export async function tellAttendance(orm: Orm, telling: Telling): Promise<boolean> {
  const { now } = telling;
  return orm.transaction(async (tx) => {
    const due = await attendancesDue(tx, now, AT_ONCE);
    if (due.length === 0) return false;
    const rows = await meetingsByIds(
      tx,
      due.map(({ meetingId }) => meetingId),
    );
    const happened: Happened[] = [];
    const told: typeof due = [];
    for (const cursor of due) {
      const row = rows.find(({ id }) => id === cursor.meetingId);
      const settled = { ...cursor, attendanceDueAt: null };
      if (row === undefined || row.endedAt === null || row.erasedAt !== null) {
        told.push(settled);
        continue;
      }
      const { as_of, seq, ...attendance } = await wholeMeeting(tx, row, now);
      const digest = digestOf(JSON.stringify(attendance));
      told.push({ ...settled, attendanceTold: digest });
      if (digest === cursor.attendanceTold) continue;
      const isFirst = cursor.attendanceTold === null;
      const occurrence = attendanceTold(
        toldMeeting(row),
        { digest, isFirst, attendance: { ...attendance, seq, as_of } },
        now,
      );
      const room = { sourceId: row.source.id, key: row.room, title: row.title };
      happened.push({ occurrence, room });
    }
    await tellEndpoints(tx, telling, happened);
    await noteTold(tx, told);
    return due.length === AT_ONCE;
  });
}
