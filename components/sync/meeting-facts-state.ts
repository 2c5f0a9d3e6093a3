import type { Recorded } from "#domain/event/recorded.ts";
import type { MeetingFacts, Returned } from "#domain/meeting/meeting-facts.ts";

/**
 * What a browser knows of one meeting: its events from the first to `facts.seq` without a hole, and
 * those heard from beyond a hole, which wait until what is missing arrives. It never shrinks.
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
 * Adds events in any order, repeats and holes allowed. Returns the same object where nothing is new, so
 * that nothing is told or drawn again.
 */
export function applyEvents(
  state: MeetingFactsState,
  events: readonly Recorded[],
  asOf: string,
): MeetingFactsState {
  const fresh = events.filter(
    ({ seq }) => seq > state.facts.seq && !state.ahead.some((held) => held.seq === seq),
  );
  if (fresh.length === 0) return state;
  const held = [...state.ahead, ...fresh].toSorted((a, b) => a.seq - b.seq);
  const next: Recorded[] = [];
  const ahead: Recorded[] = [];
  let { seq } = state.facts;
  for (const event of held) {
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

/** What other meetings of the room say of this one, as far as it was said. */
export type RoomContextPush = Partial<Pick<MeetingFacts, "returned" | "overtaken_at">>;

/** Learns what other meetings of the room say of this one. Returns the same object where nothing changed. */
export function applyRoomContext(
  state: MeetingFactsState,
  { returned, overtaken_at }: RoomContextPush,
): MeetingFactsState {
  const heard = returned === undefined ? state : hearReturned(state, returned);
  return overtaken_at === undefined || overtaken_at === heard.facts.overtaken_at
    ? heard
    : { ...heard, facts: { ...heard.facts, overtaken_at } };
}

function hearReturned(state: MeetingFactsState, returned: readonly Returned[]): MeetingFactsState {
  const keys = ({ participant_id, started_at }: Returned) => `${started_at} ${participant_id}`;
  const before = new Set(state.facts.returned.map(keys));
  const isSame = returned.length === before.size && returned.every((one) => before.has(keys(one)));
  return isSame ? state : { ...state, facts: { ...state.facts, returned: [...returned] } };
}

/** Whether something between what is known and what was heard is still missing. */
export function isMissingEvents(state: MeetingFactsState): boolean {
  return state.ahead.length > 0;
}
