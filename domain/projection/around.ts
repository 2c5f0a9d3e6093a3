import { earliest, type MeetingEvent } from "#domain/event/event.ts";
import type { MeetingTally } from "#domain/meeting/tally.ts";
import { WAIT_EXPIRES_MS } from "#domain/participant/rules.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { RoomNews } from "./news.ts";
import type { MeetingState, Room } from "./state.ts";

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
  /**
   * Where it is not known whether somebody was still in from one moment to another, or whether the provider's
   * meeting went on.
   */
  unheardFrom: Ms | null;
  unheardTo: Ms | null;
  /** Where that connection was in, nobody reported that it left, and it may be there still. */
  strayId: string | null;
}

const NOTHING_NAMED: Omit<Naming, "roomId"> = {
  participantId: null,
  providerId: null,
  waitedSince: null,
  unheardFrom: null,
  unheardTo: null,
  strayId: null,
};

/** The provider began a meeting and did not say that it ended: whatever comes next may be of it. */
export function isSessionOpen({ frame: { startedAt, endedAt } }: MeetingTally): boolean {
  return startedAt !== null && endedAt === null;
}

/** Somebody is in a meeting or waits for it, or a note-taker is in it. */
export function goesOn({ status, noteTakers }: MeetingTally): boolean {
  return status !== "ended" || noteTakers.inCount > 0;
}

/** What the news of a room names elsewhere in it. */
export function namedBy(news: Pick<RoomNews, "room" | "rules" | "arrived" | "current">): Naming[] {
  return news.arrived.flatMap(({ event }) => namedByEvent(news, event));
}

function namedByEvent(
  { room, rules, current }: Pick<RoomNews, "room" | "rules" | "current">,
  event: MeetingEvent,
): Naming[] {
  const nothing = { ...NOTHING_NAMED, roomId: room.id };
  const named: Naming[] = [];
  const startIsElsewhere =
    (event.type === "left" && event.joinedAt === null) ||
    (event.type === "stopped_waiting" && event.startedAt === null);
  if (startIsElsewhere) named.push({ ...nothing, participantId: event.participantId });
  if (event.type === "updated") named.push({ ...nothing, strayId: event.participantId });
  if ("providerMeetingId" in event && event.providerMeetingId !== null) {
    named.push({ ...nothing, providerId: event.providerMeetingId });
  }
  // What somebody is called now may tell whose a wait was that ended as they came in.
  const since = Math.min(earliest(event), current?.tally.firstAt ?? Infinity);
  if (since <= (room.unresolvedUntil ?? 0)) {
    const unheardFrom = since - rules.emptyGapMs;
    // Who knocked again, as long after, waits since they knocked first.
    const waitedSince = unheardFrom - 2 * WAIT_EXPIRES_MS;
    named.push({ ...nothing, waitedSince, unheardFrom, unheardTo: event.at });
  }
  return named;
}

/** Whether an event speaks of a time in which it is not known of the room how a wait or a stay ended. */
export function isUnresolved({ unresolvedUntil }: Room, event: MeetingEvent): boolean {
  return unresolvedUntil !== null && earliest(event) <= unresolvedUntil;
}

/** After these somebody may be there for as long as nothing else is heard. */
const BEGINS: ReadonlySet<MeetingEvent["type"]> = new Set(["joined", "knocked", "updated"]);

/**
 * From the earliest moment the news of a room speaks of to the latest, without end where something begins; with the
 * meetings that it names (`holding`). `null` where there is nothing to be told.
 */
export function extentAround(
  { room, rules, arrived, current, stale }: RoomNews,
  holding: readonly MeetingState[],
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
    const begins = BEGINS.has(event.type);
    // A meeting of the provider goes on until its end is heard, or silence is no longer believed.
    const session = event.type === "meeting_started" ? (rules.silenceMs ?? 0) : 0;
    reach(earliest(event), begins ? null : event.at + session);
  }
  for (const { tally } of own) {
    const { tipAt, lastOutAt, endedAt, noteTakers } = tally;
    const end = Math.max(tipAt ?? 0, lastOutAt ?? 0, endedAt ?? 0, noteTakers.outAt ?? 0);
    const start = tally.firstAt ?? end;
    // Whatever came later may tell how a wait or a stay of it ended.
    const isUndecided = start <= (room.unresolvedUntil ?? 0);
    reach(start, goesOn(tally) || isUndecided ? null : end);
  }
  return {
    roomId: room.id,
    from: from - rules.emptyGapMs,
    to: to === null ? null : to + rules.emptyGapMs,
  };
}
