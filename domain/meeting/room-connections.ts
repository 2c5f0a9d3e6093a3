import type { MeetingEvent, ParticipantEvent } from "#domain/event/event.ts";
import { namesNobody } from "#domain/identity/generic-names.ts";
import { foldName } from "#domain/identity/name.ts";
import { type Closing, watchersOf } from "#domain/participant/closing.ts";
import {
  byConnection,
  type Knock,
  type Participant,
  projectParticipant,
} from "#domain/participant/participant.ts";
import { type Rules, SAME_MOMENT_MS } from "#domain/participant/rules.ts";
import type { Ms } from "#domain/time/ms.ts";
import { admissionOf } from "./wait.ts";

/** A bounded or open interval in which a room was not empty. `to` is Infinity while it lasts. */
export interface RoomInterval {
  from: Ms;
  to: Ms;
}

/** A connection with the events it was projected from. */
export interface RoomConnection {
  participant: Participant;
  events: readonly ParticipantEvent[];
}

export function connectionsOf(
  events: readonly MeetingEvent[],
  closings: readonly Closing[],
  rules: Rules,
  now: Ms,
): RoomConnection[] {
  const watchers = watchersOf(events, closings);
  const watch = { closings, observedFrom: null, watchers, rules };
  return [...byConnection(events)].map(([id, own]) => ({
    participant: projectParticipant(id, own, watch, now),
    events: own,
  }));
}

/**
 * When a waiting connection came in: as itself if it ever did, else as its user, or for a guest as a
 * connection of its name; where that names no person, as one that did not come in by a knock of its own.
 * Only names reported during a stay count, so that a distant event in the room never decides.
 */
export function admissionsByLabel(
  connections: readonly RoomConnection[],
  closings: readonly Closing[],
): (owner: RoomConnection, knock: Knock) => Ms | null {
  const joins = new Map<string, Ms[]>();
  for (const { participant, events } of connections) {
    for (const { joinedAt, leftAt } of participant.visits) {
      for (const label of labels(participant.id, events, joinedAt, leftAt)) {
        const isOwn = label.startsWith(NAME) && namesNobody(label.slice(NAME.length));
        if (isOwn && cameInByKnocking(participant, joinedAt)) continue;
        const list = joins.get(label);
        if (list) list.push(joinedAt);
        else joins.set(label, [joinedAt]);
      }
    }
  }
  return ({ participant, events }, knock) => {
    const { startedAt, stoppedAt } = knock;
    const own = [...labels(participant.id, events, startedAt, stoppedAt ?? startedAt)];
    const isSignedIn = own.some((label) => label.startsWith(USER));
    for (const kind of [CONNECTION, isSignedIn ? USER : NAME]) {
      const wanted = own.filter((label) => label.startsWith(kind));
      const candidates = wanted.flatMap((label) => joins.get(label) ?? []);
      const sorted = candidates.toSorted((a, b) => a - b);
      const at = admissionOf(knock, sorted, kind === CONNECTION ? [] : closings);
      if (at !== null) return at;
    }
    return null;
  };
}

function cameInByKnocking({ knocks }: Participant, joinedAt: Ms): boolean {
  return knocks.some((knock) => admissionOf(knock, [joinedAt]) !== null);
}

const CONNECTION = "c:";
export const USER = "u:";
export const NAME = "n:";

/** Everything a connection was called from one moment to another. */
export function labels(
  id: string,
  events: readonly ParticipantEvent[],
  from: Ms,
  to: Ms | null,
): Set<string> {
  const found = new Set([CONNECTION + id]);
  for (const { at, userId, name } of events) {
    if (at < from - SAME_MOMENT_MS || at > (to ?? Infinity) + SAME_MOMENT_MS) continue;
    const folded = foldName(name);
    if (userId !== null) found.add(USER + userId);
    if (folded !== null) found.add(NAME + folded);
  }
  return found;
}

export function merge(
  intervals: readonly RoomInterval[],
  gapMs: Ms,
  cuts: readonly Ms[] = [],
): RoomInterval[] {
  const merged: RoomInterval[] = [];
  for (const interval of intervals.toSorted((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    const isApart = last && cuts.some((cut) => last.to < cut && interval.from >= cut);
    if (last && !isApart && interval.from - last.to <= gapMs)
      last.to = Math.max(last.to, interval.to);
    else merged.push({ ...interval });
  }
  return merged;
}
