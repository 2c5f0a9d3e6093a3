import { earliest, type MeetingEvent } from "#domain/event/event.ts";
import type { MeetingTally } from "#domain/meeting/tally.ts";
import { WAIT_EXPIRES_MS } from "#domain/participant/rules.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { RoomInput } from "./news.ts";
import type { MeetingState, Room } from "./state.ts";

/** The period of a room to load again. */
export interface RoomExtent {
  roomId: number;
  from: Ms;
  /** `null`: without end. */
  to: Ms | null;
}

/**
 * Conditions on other meetings of the room that an event may affect. Each field may select some; `null`
 * selects none.
 */
export interface MeetingSelector {
  roomId: number;
  /** Meetings with an event of this participant. */
  participantId: string | null;
  /** Meetings with this provider's id. */
  providerId: string | null;
  /** Meetings with a wait since then whose end may not be decided yet. */
  waitedSince: Ms | null;
  /**
   * Meetings in which, between two moments, it is not known whether a person was still in, or whether the
   * provider's meeting went on.
   */
  unheardFrom: Ms | null;
  unheardTo: Ms | null;
  /** Meetings that this connection was in without a reported leave, so that it may still be there. */
  strayId: string | null;
}

const NOTHING_NAMED: Omit<MeetingSelector, "roomId"> = {
  participantId: null,
  providerId: null,
  waitedSince: null,
  unheardFrom: null,
  unheardTo: null,
  strayId: null,
};

/** The provider began a meeting and did not report its end: later events may belong to it. */
export function isSessionOpen({ frame: { startedAt, endedAt } }: MeetingTally): boolean {
  return startedAt !== null && endedAt === null;
}

/** A person is in a meeting or waits for it, or a note-taker is in it. */
export function goesOn({ status, noteTakers }: MeetingTally): boolean {
  return status !== "ended" || noteTakers.inCount > 0;
}

/** What the new events of a room select among its other meetings. */
export function selectorsOf(
  news: Pick<RoomInput, "room" | "rules" | "arrived" | "current">,
): MeetingSelector[] {
  return news.arrived.flatMap(({ event }) => namedByEvent(news, event));
}

function namedByEvent(
  { room, rules, current }: Pick<RoomInput, "room" | "rules" | "current">,
  event: MeetingEvent,
): MeetingSelector[] {
  const nothing = { ...NOTHING_NAMED, roomId: room.id };
  const named: MeetingSelector[] = [];
  const isStartElsewhere =
    (event.type === "left" && event.joinedAt === null) ||
    (event.type === "stopped_waiting" && event.startedAt === null);
  if (isStartElsewhere) named.push({ ...nothing, participantId: event.participantId });
  if (event.type === "updated") named.push({ ...nothing, strayId: event.participantId });
  if ("providerMeetingId" in event && event.providerMeetingId !== null) {
    named.push({ ...nothing, providerId: event.providerMeetingId });
  }
  // A person's new name may decide whose wait ended as they came in.
  const since = Math.min(earliest(event), current?.tally.firstAt ?? Infinity);
  if (since <= (room.unresolvedUntil ?? 0)) {
    const unheardFrom = since - rules.emptyGapMs;
    // A knock again within the same limit extends the wait of the first knock.
    const waitedSince = unheardFrom - 2 * WAIT_EXPIRES_MS;
    named.push({ ...nothing, waitedSince, unheardFrom, unheardTo: event.at });
  }
  return named;
}

/** Whether an event is about a time in which the room has a wait or visit of undecided end. */
export function isUnresolved({ unresolvedUntil }: Room, event: MeetingEvent): boolean {
  return unresolvedUntil !== null && earliest(event) <= unresolvedUntil;
}

/** After these events a person may be there until another event shows otherwise. */
const BEGINS: ReadonlySet<MeetingEvent["type"]> = new Set(["joined", "knocked", "updated"]);

/**
 * From the earliest moment that the new events of a room are about to the latest, without end where
 * something begins; with the meetings that they select (`selected`). `null` where there is nothing to
 * project.
 */
export function extentAround(
  { room, rules, arrived, current, stale }: RoomInput,
  selected: readonly MeetingState[],
): RoomExtent | null {
  const goingOn = current !== null && isSessionOpen(current.tally) ? [current] : [];
  const own = [...selected.filter(({ roomId }) => roomId === room.id), ...stale, ...goingOn];
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
    // A provider's meeting goes on until its end is reported, or until the silence limit.
    const session = event.type === "meeting_started" ? (rules.silenceMs ?? 0) : 0;
    reach(earliest(event), begins ? null : event.at + session);
  }
  for (const { tally } of own) {
    const { tipAt, lastOutAt, endedAt, noteTakers } = tally;
    const end = Math.max(tipAt ?? 0, lastOutAt ?? 0, endedAt ?? 0, noteTakers.outAt ?? 0);
    const start = tally.firstAt ?? end;
    // Any later event may decide how a wait or a stay of it ended.
    const isUndecided = start <= (room.unresolvedUntil ?? 0);
    reach(start, goesOn(tally) || isUndecided ? null : end);
  }
  return {
    roomId: room.id,
    from: from - rules.emptyGapMs,
    to: to === null ? null : to + rules.emptyGapMs,
  };
}
