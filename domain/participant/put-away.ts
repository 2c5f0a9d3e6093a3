import type { MeetingEvent, ParticipantEvent } from "#domain/event/event.ts";
import type { Ms } from "#domain/time/ms.ts";

/** An operator's correction that a connection, or the observer, is not there any more, in force. */
export interface PutAway {
  ruling: string;
  /** A moment of the visit or wait that it is about. */
  at: Ms;
  /** Gone from this moment on. */
  since: Ms;
  /** Whether they left exactly then; else they were gone by then, and the time they left is not known. */
  exact: boolean;
  by: string;
  ruledAt: Ms;
}

/** The corrections in force among the events of one connection, oldest first. */
export function putAwayIn(events: readonly ParticipantEvent[]): PutAway[] {
  return inForce(events.filter((event) => event.type === "presence_ruled"));
}

/** Whether anything was reported of a connection: with corrections alone nothing is known of it. */
export function hasReports(events: readonly ParticipantEvent[]): boolean {
  return events.some(({ type }) => type !== "presence_ruled");
}

/**
 * Whether a meeting's observer was put away, and no event of the meeting came after that. Of the events it
 * needs those about the meeting itself and the latest of all.
 */
export function isObserverPutAway(events: readonly MeetingEvent[]): boolean {
  const corrections = ofObserver(events);
  if (corrections.length === 0) return false;
  const since = Math.max(...corrections.map((correction) => correction.since));
  return events.every(({ at }) => at <= since);
}

/** One correction as entered, with all its participants. */
export interface PresenceCorrectionEntry {
  id: string;
  since: Ms;
  exact: boolean;
  by: string;
  ruledAt: Ms;
  participantIds: string[];
  /** It is about the observer, too. */
  isOfObserver: boolean;
}

/** The corrections in force among the events of a meeting, oldest first. */
export function presenceCorrectionsIn(events: readonly MeetingEvent[]): PresenceCorrectionEntry[] {
  const corrections = new Map<string, PresenceCorrectionEntry>();
  const entered = Map.groupBy(
    events.filter((event) => event.type === "presence_ruled"),
    ({ participantId }) => participantId,
  );
  const of = ({ ruling: id, since, exact, by, ruledAt }: PutAway): PresenceCorrectionEntry => {
    const existing = corrections.get(id);
    if (existing !== undefined) return existing;
    const correction = { id, since, exact, by, ruledAt, participantIds: [], isOfObserver: false };
    corrections.set(id, correction);
    return correction;
  };
  for (const [participantId, own] of entered) {
    for (const id of new Set(putAwayIn(own).map(of))) id.participantIds.push(participantId);
  }
  for (const observerCorrection of ofObserver(events)) of(observerCorrection).isOfObserver = true;
  return [...corrections.values()].toSorted(
    (a, b) => a.ruledAt - b.ruledAt || (a.id < b.id ? -1 : 1),
  );
}

function ofObserver(events: readonly MeetingEvent[]): PutAway[] {
  return inForce(
    events.flatMap((event) => (event.type === "observer_ruled" ? { ...event, exact: false } : [])),
  );
}

type EnteredCorrection = PutAway & { verdict: "not_here" | "undone" };

function inForce(entered: readonly EnteredCorrection[]): PutAway[] {
  if (entered.length === 0) return [];
  const current = new Map<string, PutAway>();
  const undone = new Set<string>();
  for (const { verdict, ruling, at, since, exact, by, ruledAt } of entered) {
    if (verdict === "undone") undone.add(ruling);
    // A participant who is in and knocks is put away from both.
    else current.set(`${ruling} ${at}`, { ruling, at, since, exact, by, ruledAt });
  }
  return [...current.values()]
    .filter(({ ruling }) => !undone.has(ruling))
    .toSorted((a, b) => a.ruledAt - b.ruledAt || byText(a.ruling, b.ruling) || a.at - b.at);
}

function byText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** A visit or wait without a reported end. */
interface Unreported {
  from: Ms;
  /** When it was last heard of before anything showed its end, and when at all. */
  heardAt: Ms;
  lastAt: Ms;
  /** When the next one of the connection began; Infinity where there is none. */
  next: Ms;
}

/**
 * The correction that applies to a visit or wait without a reported end. It applies to the one it was
 * entered for, not to a later one of that connection; an event after the moment it names overrides it. Of
 * several the latest counts.
 */
export function correctionFor(
  corrections: readonly PutAway[],
  { from, heardAt, lastAt, next }: Unreported,
): PutAway | null {
  const isMeant = ({ at, since }: PutAway) =>
    at >= from && at <= heardAt && since >= lastAt && since < next;
  return corrections.findLast(isMeant) ?? null;
}

/**
 * When a visit or wait that was put away ended, given the latest moment it can have been over. Without
 * `overBy` the end is exact; else it was there at its last event, and gone by `overBy`.
 */
export function correctedEnd(
  { since, exact }: Pick<PutAway, "since" | "exact">,
  heardAt: Ms,
  over: Ms,
): { endedAt: Ms; overBy?: Ms } {
  if (exact && since <= over) return { endedAt: since };
  return { endedAt: Math.min(heardAt, over), overBy: Math.min(since, over) };
}
