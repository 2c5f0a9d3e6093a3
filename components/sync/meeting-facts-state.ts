import type { Recorded } from "#domain/event/recorded.ts";
import type { MeetingFacts, Returned } from "#domain/meeting/meeting-facts.ts";

/**
 * What a browser knows of one meeting: its events from the first to `facts.seq` without a hole, and those received
 * from beyond a hole, which wait until the missing ones arrive. It never shrinks.
 */
export interface MeetingFactsState {
  facts: MeetingFacts;
  /** Sorted by `seq`, all greater than `facts.seq` + 1. */
  ahead: Recorded[];
}

export function meetingFactsState(facts: MeetingFacts): MeetingFactsState {
  return { facts, ahead: [] };
}

/**
 * Adds events in any order, repeats and holes allowed. Returns the same object where nothing is new, so that nothing
 * is projected or rendered again.
 */
export function applyEvents(
  state: MeetingFactsState,
  events: readonly Recorded[],
  asOf: string,
): MeetingFactsState {
  const fresh = events.filter(
    ({ seq }) => seq > state.facts.seq && !state.ahead.some((waiting) => waiting.seq === seq),
  );
  if (fresh.length === 0) return state;
  const waiting = [...state.ahead, ...fresh].toSorted((a, b) => a.seq - b.seq);
  const next: Recorded[] = [];
  const ahead: Recorded[] = [];
  let { seq } = state.facts;
  for (const event of waiting) {
    if (event.seq === seq + 1) {
      next.push(event);
      seq = event.seq;
    } else if (event.seq > seq + 1 && ahead.at(-1)?.seq !== event.seq) {
      ahead.push(event);
    }
  }
  if (next.length === 0) return { ...state, ahead };
  const as_of = asOf > state.facts.as_of ? asOf : state.facts.as_of;
  return {
    facts: { ...state.facts, events: [...state.facts.events, ...next], seq, as_of },
    ahead,
  };
}

/** What follows for this meeting from other meetings of the room; a field that was not pushed is missing. */
export type RoomContextPush = Partial<Pick<MeetingFacts, "returned" | "overtaken_at">>;

/** Applies what follows from other meetings of the room. Returns the same object where nothing changed. */
export function applyRoomContext(
  state: MeetingFactsState,
  { returned, overtaken_at }: RoomContextPush,
): MeetingFactsState {
  const withReturned = returned === undefined ? state : applyReturned(state, returned);
  return overtaken_at === undefined || overtaken_at === withReturned.facts.overtaken_at
    ? withReturned
    : { ...withReturned, facts: { ...withReturned.facts, overtaken_at } };
}

function applyReturned(state: MeetingFactsState, returned: readonly Returned[]): MeetingFactsState {
  const keys = ({ participant_id, started_at }: Returned) => `${started_at} ${participant_id}`;
  const before = new Set(state.facts.returned.map(keys));
  const isSame = returned.length === before.size && returned.every((one) => before.has(keys(one)));
  return isSame ? state : { ...state, facts: { ...state.facts, returned: [...returned] } };
}

/** Whether an event between `facts.seq` and a later received one is still missing. */
export function isMissingEvents(state: MeetingFactsState): boolean {
  return state.ahead.length > 0;
}
