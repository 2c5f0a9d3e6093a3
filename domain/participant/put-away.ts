import type { MeetingEvent, ParticipantEvent } from "#domain/event/event.ts";
import type { Ms } from "#domain/time/ms.ts";

/** An operator's word that a connection, or whoever watches, is not there any more, which nobody took back. */
export interface PutAway {
  ruling: string;
  /** A moment of the stay or the wait it speaks of. */
  at: Ms;
  /** From when on. */
  since: Ms;
  /** Whether they are known to have left then; else they were gone by then, and nobody knows since when. */
  exact: boolean;
  by: string;
  ruledAt: Ms;
}

/** The words in force among the events of one connection, oldest first. */
export function putAwayIn(events: readonly ParticipantEvent[]): PutAway[] {
  return inForce(events.filter((event) => event.type === "presence_ruled"));
}

/** Whether a connection was heard of at all: of one of which only an operator spoke nothing is known. */
export function isHeardOf(events: readonly ParticipantEvent[]): boolean {
  return events.some(({ type }) => type !== "presence_ruled");
}

/**
 * Whether whoever watches a meeting was put away, and nothing was heard of the meeting since. Of the events it
 * takes those about the meeting itself and the latest of all.
 */
export function isObserverPutAway(events: readonly MeetingEvent[]): boolean {
  const words = ofObserver(events);
  if (words.length === 0) return false;
  const since = Math.max(...words.map((word) => word.since));
  return events.every(({ at }) => at <= since);
}

/** Such a word as it was said, of all whom it was said of. */
export interface ByHand {
  id: string;
  since: Ms;
  exact: boolean;
  by: string;
  ruledAt: Ms;
  participantIds: string[];
  /** It is about whoever watches the meeting, too. */
  isOfObserver: boolean;
}

/** The words in force among the events of a meeting, oldest first. */
export function byHandIn(events: readonly MeetingEvent[]): ByHand[] {
  const words = new Map<string, ByHand>();
  const said = Map.groupBy(
    events.filter((event) => event.type === "presence_ruled"),
    ({ participantId }) => participantId,
  );
  const of = ({ ruling: id, since, exact, by, ruledAt }: PutAway): ByHand => {
    const known = words.get(id);
    if (known !== undefined) return known;
    const word = { id, since, exact, by, ruledAt, participantIds: [], isOfObserver: false };
    words.set(id, word);
    return word;
  };
  for (const [participantId, own] of said) {
    for (const id of new Set(putAwayIn(own).map(of))) id.participantIds.push(participantId);
  }
  for (const word of ofObserver(events)) of(word).isOfObserver = true;
  return [...words.values()].toSorted((a, b) => a.ruledAt - b.ruledAt || (a.id < b.id ? -1 : 1));
}

function ofObserver(events: readonly MeetingEvent[]): PutAway[] {
  return inForce(
    events.flatMap((event) => (event.type === "observer_ruled" ? { ...event, exact: false } : [])),
  );
}

type Said = PutAway & { verdict: "not_here" | "undone" };

function inForce(said: readonly Said[]): PutAway[] {
  if (said.length === 0) return [];
  const given = new Map<string, PutAway>();
  const undone = new Set<string>();
  for (const { verdict, ruling, at, since, exact, by, ruledAt } of said) {
    if (verdict === "undone") undone.add(ruling);
    // Somebody who is in and knocks is put away in both.
    else given.set(`${ruling} ${at}`, { ruling, at, since, exact, by, ruledAt });
  }
  return [...given.values()]
    .filter(({ ruling }) => !undone.has(ruling))
    .toSorted((a, b) => a.ruledAt - b.ruledAt || byText(a.ruling, b.ruling) || a.at - b.at);
}

function byText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** Something of which nobody reported the end. */
interface Unreported {
  from: Ms;
  /** When it was heard of last before anything showed that it was over, and when at all. */
  heardAt: Ms;
  lastAt: Ms;
  /** When the same began anew; Infinity where it did not. */
  next: Ms;
}

/**
 * The word on something of which nobody reported the end. It speaks of what it was said of, and of no later stay
 * of that connection; what was heard after the moment it names overtakes it. Of several the latest counts.
 */
export function wordOn(
  words: readonly PutAway[],
  { from, heardAt, lastAt, next }: Unreported,
): PutAway | null {
  const isMeant = ({ at, since }: PutAway) =>
    at >= from && at <= heardAt && since >= lastAt && since < next;
  return words.findLast(isMeant) ?? null;
}

/**
 * When something that was put away ended, where something else shows that it was over at the latest by a moment.
 * Without `overBy` that is known; else it was there when it was heard of last, and gone by then.
 */
export function endByHand(
  { since, exact }: Pick<PutAway, "since" | "exact">,
  heardAt: Ms,
  over: Ms,
): { endedAt: Ms; overBy?: Ms } {
  if (exact && since <= over) return { endedAt: since };
  return { endedAt: Math.min(heardAt, over), overBy: Math.min(since, over) };
}
