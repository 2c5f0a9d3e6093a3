import { database } from "#db/connection/client.ts";
import { type MeetingRow, meetingById, recordsAfter, returnedIn } from "#db/meetings/meeting.ts";
import type { Reader } from "#db/sql/orm.ts";
import { firstUnreadable, type StoppingEvent, wireSource } from "#domain/event/recorded.ts";
import type { Erased, MeetingFacts, Returned } from "#domain/meeting/meeting-facts.ts";
import type { Ms } from "#domain/time/ms.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { isUuid } from "#domain/uuid.ts";
import { shown, shownRecords, shownRules } from "#server/http/shown.ts";
import { installationTimeZone } from "#server/http/zone.ts";
import { rulesOfRow } from "./rules.ts";

export type OpenedMeetingFacts =
  | { kind: "found"; facts: MeetingFacts }
  | { kind: "merged"; into: string }
  | { kind: "unreadable"; event: StoppingEvent }
  | { kind: "unknown" };

/** One meeting with all its events, as a page opens with it; or which of them cannot be read. */
export async function readMeeting(
  id: string,
  reader: Reader = database().orm,
  now: Ms = Date.now(),
): Promise<OpenedMeetingFacts> {
  if (!isUuid(id)) return { kind: "unknown" };
  const [row, events, returned] = await Promise.all([
    meetingById(reader, id),
    recordsAfter(reader, id, 0),
    readReturned(reader, id),
  ]);
  if (row === null) return { kind: "unknown" };
  if (row.mergedInto !== null) return { kind: "merged", into: row.mergedInto };
  // Of an erased meeting no event is shown.
  const event = row.erasedAt === null ? firstUnreadable(row.id, events) : null;
  if (event !== null) return { kind: "unreadable", event };
  const rules = rulesOfRow(row);
  return {
    kind: "found",
    facts: {
      id: row.id,
      source: wireSource(row.source),
      room_id: row.roomId,
      room: row.room,
      title: row.title,
      rules: shownRules(rules),
      seq: events.at(-1)?.seq ?? 0,
      events: shownRecords(events, rules),
      returned,
      overtaken_at: toWireTime(row.overtakenAt),
      erased: shown(erasedOf(row)),
      as_of: toWireTime(now),
      time_zone: installationTimeZone(),
    },
  };
}

export async function readReturned(reader: Reader, meetingId: string): Promise<Returned[]> {
  const waits = await returnedIn(reader, meetingId);
  return waits.map(({ participantId, startedAt }) => ({
    participant_id: participantId,
    started_at: toWireTime(startedAt),
  }));
}

/** What is left of an erased meeting; `null` for any other. */
function erasedOf(row: MeetingRow): Erased | null {
  if (row.erasedAt === null) return null;
  return {
    at: toWireTime(row.erasedAt),
    reason: row.erasedReason,
    started_at: toWireTime(row.startedAt),
    ended_at: toWireTime(row.endedAt),
    people_count: row.peopleCount,
    left_before_admitted_count: row.left.waitsLeftCount,
    observer: row.observer,
    peak:
      row.peakCount === null || row.peakAt === null
        ? null
        : { count: row.peakCount, at: toWireTime(row.peakAt) },
  };
}
