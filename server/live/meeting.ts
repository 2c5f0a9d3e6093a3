import { database } from "#db/client.ts";
import { meetingById, type Reader, recordsAfter } from "#db/reading/meeting.ts";
import type { Ms } from "#domain/event.ts";
import { type MeetingFacts, toWireTime } from "#domain/wire.ts";
import { rulesOfRow } from "./rules.ts";
import { TIME_ZONE } from "./zone.ts";

export type MeetingAnswer =
  | { kind: "found"; facts: MeetingFacts }
  | { kind: "merged"; into: string }
  | { kind: "unknown" };

/** One meeting with all its events, as a page opens with it. */
export async function readMeeting(
  id: string,
  reader: Reader = database().orm,
  now: Ms = Date.now(),
): Promise<MeetingAnswer> {
  const row = await meetingById(reader, id);
  if (row === null) return { kind: "unknown" };
  if (row.mergedInto !== null) return { kind: "merged", into: row.mergedInto };
  const events = await recordsAfter(reader, row.id, 0);
  return {
    kind: "found",
    facts: {
      id: row.id,
      source: { id: row.source.id, provider: row.source.provider, name: row.source.name },
      room: row.room,
      title: row.title,
      rules: rulesOfRow(row),
      seq: events.at(-1)?.seq ?? 0,
      events,
      as_of: toWireTime(now),
      time_zone: TIME_ZONE,
    },
  };
}
