import type { DataDeleted, MeetingEvent } from "#domain/event/event.ts";
import { type MeetingTally, meetingTallyOf } from "#domain/meeting/tally.ts";
import type { Rules } from "#domain/participant/rules.ts";
import type { Ms } from "#domain/time/ms.ts";
import { type Changes, NO_CHANGES } from "./changes.ts";
import type { RoomInput } from "./news.ts";
import type { Ids, MeetingState, RecordedEvent, Room } from "./state.ts";

/** The provider's deletion of a room's data. */
export interface Erasure {
  room: Room;
  rules: Rules;
  event: DataDeleted;
  deliveryId: number | null;
}

/** A meeting of which only numbers are left, at a new address; `null` where no meeting was stored. */
export interface ErasedRemains {
  id: string | null;
  remains: string;
  at: Ms;
  reason: DataDeleted["reason"];
}

/** The first deletion among the new events of a room. */
export function erasureIn({
  room,
  rules,
  arrived,
}: Pick<RoomInput, "room" | "rules" | "arrived">): Erasure | null {
  let first: Erasure | null = null;
  for (const { event, deliveryId } of arrived) {
    if (event.type === "data_deleted" && (first === null || event.at < first.event.at)) {
      first = { room, rules, event, deliveryId };
    }
  }
  return first;
}

/**
 * Each meeting of an erased room leaves its numbers, as last projected, under a new address, with the
 * deletion as its only event; the old address leads there.
 */
export function eraseRoom(
  { room, rules, event, deliveryId }: Erasure,
  { meetings, events }: { meetings: readonly MeetingState[]; events: readonly RecordedEvent[] },
  now: Ms,
  ids: Ids,
): { changes: Changes; erased: ErasedRemains[] } {
  // A room without any meeting gets one that only states the erasure.
  const erased = (meetings.length > 0 ? meetings : [null]).map((meeting): ErasedRemains => {
    const { at, reason } = event;
    return { id: meeting?.id ?? null, remains: ids.fresh(), at, reason };
  });
  const eventsOf = Map.groupBy(events, ({ meetingId }) => meetingId);
  const changes: Changes = {
    ...NO_CHANGES,
    meetings: erased.map(({ id, remains }) => {
      const ownEvents = eventsOf.get(id ?? "") ?? [];
      const tally = numbersOf(
        ownEvents.map((one) => one.event),
        event,
        rules,
        now,
      );
      const remnant = { id: remains, roomId: room.id, sourceId: room.sourceId, seq: 1 };
      return { ...remnant, tally: { ...tally, ...OVER } };
    }),
    appended: erased.map(({ remains: meetingId }) => {
      return { meetingId, seq: 1, personId: null, deliveryId, event };
    }),
    merged: erased.flatMap(({ id, remains }) => (id === null ? [] : { from: id, into: remains })),
    rooms: [
      {
        id: room.id,
        currentMeetingId: erased.at(-1)?.remains ?? null,
        unresolvedUntil: null,
        lostUntil: null,
      },
    ],
  };
  return { changes, erased };
}

const OVER = { status: "ended", presentCount: 0, waitingCount: 0, staleAt: null } as const;

/** The meeting's last numbers; one that still seemed to go on ended with the deletion at the latest. */
function numbersOf(
  events: readonly MeetingEvent[],
  event: DataDeleted,
  rules: Rules,
  now: Ms,
): MeetingTally {
  const { tally } = meetingTallyOf(events, rules, now);
  const isOver = events.length > 0 && tally.status === "ended";
  const last = isOver ? tally : meetingTallyOf([...events, event], rules, now).tally;
  // The name of whoever removed the bot is personal data, too.
  return { ...last, observer: last.observer && { ...last.observer, by: null } };
}
