import { earliest, type MeetingEvent, type Ms } from "#domain/event.ts";
import { WAIT_EXPIRES_MS } from "#domain/rules.ts";
import type { Tally } from "#domain/tally.ts";
import type { KeptMeeting, Room } from "./kept.ts";
import type { RoomNews } from "./news.ts";

/** What of a room has to be looked at again: a stretch of time. */
export interface Neighbourhood {
  roomId: number;
  from: Ms;
  /** `null`: without end. */
  to: Ms | null;
}

/** What an event says of other meetings of its room. Each field may name some; `null` names none. */
export interface Naming {
  roomId: number;
  /** Where the participant was heard of. */
  participantId: string | null;
  /** What carries the provider's id. */
  providerId: string | null;
  /** Where somebody waited since then, and it may not be known yet how that ended. */
  waitedSince: Ms | null;
  /** Where it is not known whether somebody was still in then, or whether the provider's meeting went on. */
  unheardAt: Ms | null;
}

/** The provider began a meeting and did not say that it ended: whatever comes next may be of it. */
export function isSessionOpen({ frame: { startedAt, endedAt } }: Tally): boolean {
  return startedAt !== null && endedAt === null;
}

/** What the news of a room names elsewhere in it. */
export function namedBy({ room, arrived }: Pick<RoomNews, "room" | "arrived">): Naming[] {
  return arrived.flatMap(({ event }) => namedByEvent(room, event));
}

function namedByEvent(room: Room, event: MeetingEvent): Naming[] {
  const nothing = { participantId: null, providerId: null, waitedSince: null, unheardAt: null };
  const named: Naming[] = [];
  const startIsElsewhere =
    (event.type === "left" && event.joinedAt === null) ||
    (event.type === "stopped_waiting" && event.startedAt === null);
  if (startIsElsewhere) {
    named.push({ ...nothing, roomId: room.id, participantId: event.participantId });
  }
  if ("providerMeetingId" in event && event.providerMeetingId !== null) {
    named.push({ ...nothing, roomId: room.id, providerId: event.providerMeetingId });
  }
  if (room.unresolvedUntil !== null && event.at <= room.unresolvedUntil) {
    named.push({
      ...nothing,
      roomId: room.id,
      waitedSince: event.at - WAIT_EXPIRES_MS,
      unheardAt: event.at,
    });
  }
  return named;
}

/**
 * From the earliest moment the news of a room speaks of to the latest, without end where something begins; with the
 * meetings that it names (`holding`). `null` where there is nothing to be told.
 */
export function stretchOf(
  { room, rules, arrived, current, stale }: RoomNews,
  holding: readonly KeptMeeting[],
): Neighbourhood | null {
  const goingOn = current !== null && isSessionOpen(current.tally) ? [current] : [];
  const own = [...holding.filter(({ roomId }) => roomId === room.id), ...stale, ...goingOn];
  if (arrived.length === 0 && own.length === 0) return null;
  if (rules.meetings === "one_per_room") return { roomId: room.id, from: 0, to: null };
  let from = Infinity;
  let to: Ms | null = 0;
  const reach = (start: Ms, end: Ms | null) => {
    from = Math.min(from, start);
    to = to === null || end === null ? null : Math.max(to, end);
  };
  for (const { event } of arrived) {
    const begins = event.type === "joined" || event.type === "knocked";
    // A meeting of the provider goes on until its end is heard, or silence is no longer believed.
    const session = event.type === "meeting_started" ? (rules.silenceMs ?? 0) : 0;
    reach(earliest(event), begins ? null : event.at + session);
  }
  for (const { tally } of own) {
    const isOpen = tally.status !== "ended" || tally.noteTakers.inCount > 0;
    const { tipAt, lastOutAt, endedAt, noteTakers } = tally;
    const end = Math.max(tipAt ?? 0, lastOutAt ?? 0, endedAt ?? 0, noteTakers.outAt ?? 0);
    reach(tally.firstAt ?? end, isOpen ? null : end);
  }
  return {
    roomId: room.id,
    from: from - rules.emptyGapMs,
    to: to === null ? null : to + rules.emptyGapMs,
  };
}
