import { v7 as uuid } from "uuid";
import { type ErasedMeeting, eraseRooms as eraseKept } from "#db/recording/erasing.ts";
import { eraseRosters } from "#db/recording/erasing-rosters.ts";
import { eventsOfMeetings } from "#db/recording/events.ts";
import { meetingsAround } from "#db/recording/meetings.ts";
import type { Room } from "#db/recording/rooms.ts";
import type { Transaction } from "#db/session.ts";
import type { DataDeleted, MeetingEvent, Ms } from "#domain/event.ts";
import type { Rules } from "#domain/rules.ts";
import { type Tally, tallyOf } from "#domain/tally.ts";
import { noChange, writeChange } from "./change.ts";

/** That the provider deleted what it held of a room. The room is locked. */
export interface Erasure {
  room: Room;
  rules: Rules;
  event: DataDeleted;
  deliveryId: number | null;
}

/**
 * Erases what is kept of the people of rooms. Each of their meetings leaves its numbers, as they were told
 * until then, under a new address, with the deletion as its only event; the old address leads there, so
 * open pages follow by themselves. From then on nothing is told of these rooms.
 */
export async function eraseRooms(
  tx: Transaction,
  erasures: readonly Erasure[],
  now: Ms,
): Promise<void> {
  const meetings = await meetingsAround(
    tx,
    erasures.map(({ room }) => ({ roomId: room.id, from: 0, to: null })),
  );
  const ids = meetings.map(({ id }) => id);
  const filed = ids.length > 0 ? await eventsOfMeetings(tx, ids) : [];
  const eventsOf = Map.groupBy(filed, ({ meetingId }) => meetingId);
  const change = noChange();
  const erased: ErasedMeeting[] = [];
  for (const { room, rules, event, deliveryId } of erasures) {
    const own = meetings.filter(({ roomId }) => roomId === room.id);
    let currentMeetingId: string | null = null;
    // Of a room never heard of it is told that it was erased, and nothing else.
    for (const meeting of own.length > 0 ? own : [null]) {
      const remains = uuid();
      const known = meeting === null ? [] : (eventsOf.get(meeting.id) ?? []);
      const tally = numbersOf(
        known.map((one) => one.event),
        event,
        rules,
        now,
      );
      const kept = { id: remains, roomId: room.id, sourceId: room.sourceId, seq: 1 };
      change.meetings.push({ ...kept, tally: { ...tally, ...OVER } });
      change.appended.push({ meetingId: remains, seq: 1, personId: null, deliveryId, event });
      if (meeting !== null) change.merged.push({ from: meeting.id, into: remains });
      erased.push({ id: meeting?.id ?? null, remains, at: event.at, reason: event.reason });
      currentMeetingId = remains;
    }
    change.rooms.push({ id: room.id, currentMeetingId, unresolvedUntil: null, lostUntil: null });
  }
  await writeChange(tx, change);
  const rooms = erasures.map(({ room, event, deliveryId }) => {
    const { id, sourceId, key } = room;
    return { id, sourceId, key, at: event.at, proof: deliveryId };
  });
  await eraseKept(tx, rooms, erased);
  await eraseRosters(tx, rooms);
}

const OVER = { status: "ended", presentCount: 0, waitingCount: 0, staleAt: null } as const;

/** As the meeting was told; one that still seemed to go on ended with the deletion at the latest. */
function numbersOf(
  events: readonly MeetingEvent[],
  event: DataDeleted,
  rules: Rules,
  now: Ms,
): Tally {
  const { tally } = tallyOf(events, rules, now);
  const isOver = events.length > 0 && tally.status === "ended";
  const told = isOver ? tally : tallyOf([...events, event], rules, now).tally;
  // Who put the bot out is a person too.
  return { ...told, observer: told.observer && { ...told.observer, by: null } };
}
