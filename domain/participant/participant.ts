import {
  isAboutParticipant,
  type MeetingEvent,
  type ParticipantEvent,
} from "#domain/event/event.ts";
import type { Ms } from "#domain/time/ms.ts";
import { type Closing, closingOf, type Watcher } from "./closing.ts";
import { correctedEnd, correctionFor, hasReports, type PutAway, putAwayIn } from "./put-away.ts";
import { ROSTER_MS, type Rules, SAME_MOMENT_MS, UNHEARD_MS, WAIT_EXPIRES_MS } from "./rules.ts";
import { asOne, type SeenVisits } from "./seen-by-several.ts";
import { type Ending, projectSpans, type Span } from "./span.ts";
import type { Visit } from "./visit.ts";
import { observerOf } from "./watchers.ts";

/** One stay in the waiting room, before its outcome is known. `stoppedAt` only where reported. */
export interface Knock {
  participantId: string;
  startedAt: Ms;
  stoppedAt: Ms | null;
  /** The time of the last knock during it. */
  heardAt: Ms;
  /** An operator entered that they do not wait any more, and no later report contradicts it. */
  putAway?: PutAway;
}

/** The host role as reported at one moment; `exact` when the report is of the change itself. */
export interface HostMark {
  at: Ms;
  isHost: boolean;
  exact: boolean;
}

/** One connection, projected from all its events. */
export interface Participant {
  id: string;
  userId: string | null;
  name: string | null;
  visits: Visit[];
  knocks: Knock[];
  hostMarks: HostMark[];
  /** The last moment they reported themselves as in; `null` where they never did. */
  heardAt: Ms | null;
  /** The operators' corrections that it is not there any more, also overridden ones; none where absent. */
  words?: readonly PutAway[];
  /** The observers that reported it; absent where the meeting has no more than one. */
  seenBy?: readonly string[];
}

/** The last moment a connection that joined then and has no known leave was heard of. */
export function lastHeardAt({ heardAt }: Pick<Participant, "heardAt">, joinedAt: Ms): Ms {
  return Math.max(heardAt ?? joinedAt, joinedAt);
}

/** What a connection's projection depends on besides its events. */
export interface Watch {
  closings: readonly Closing[];
  /** When the observer came in, where there is one. */
  observedFrom: Ms | null;
  /** The same for each observer, where several watched. */
  watchers?: ReadonlyMap<string, Watcher> | null;
  rules: Pick<Rules, "meetings">;
}

/** The events of each connection. */
export function byConnection(events: readonly MeetingEvent[]): Map<string, ParticipantEvent[]> {
  const all = Map.groupBy(events.filter(isAboutParticipant), ({ participantId }) => participantId);
  for (const [id, own] of all) if (!hasReports(own)) all.delete(id);
  return all;
}

/** Projects one connection from the set of its events: order and repetition do not matter. */
export function projectParticipant(
  id: string,
  events: readonly ParticipantEvent[],
  watch: Watch,
  now: Ms,
): Participant {
  const all = projectReports(id, events, watch, now);
  const { watchers } = watch;
  if (watchers == null) return all;
  const entered = events.filter(({ type }) => type === "presence_ruled");
  const reports = events.filter(({ type }) => type !== "presence_ruled");
  const seen = [...Map.groupBy(reports, observerOf)].map(([observer, own]): SeenVisits => {
    const seeing = { ...watch, ...watchers.get(observer) };
    return { observer, visits: projectReports(id, [...own, ...entered], seeing, now).visits };
  });
  return {
    ...all,
    visits: asOne(seen),
    seenBy: seen.map(({ observer }) => observer).toSorted(),
  };
}

function projectReports(
  id: string,
  events: readonly ParticipantEvent[],
  watch: Watch,
  now: Ms,
): Participant {
  const joins: Ms[] = [];
  const leaves: Ending[] = [];
  const knocks: Ms[] = [];
  const stops: Ending[] = [];
  /** Moments at which an event shows that they were in. */
  const signs: Ms[] = [];
  const hostMarks: HostMark[] = [];
  let userId: { at: Ms; value: string } | null = null;
  let name: { at: Ms; value: string } | null = null;
  for (const event of events) {
    userId = later(userId, event.at, event.userId);
    name = later(name, event.at, event.name);
    if (event.isHost !== null) {
      hostMarks.push({ at: event.at, isHost: event.isHost, exact: event.type === "updated" });
    }
    switch (event.type) {
      case "joined":
        joins.push(event.at);
        signs.push(event.at);
        break;
      case "left":
        leaves.push({
          at: event.at,
          startedAt: event.joinedAt,
          inferred: event.inferred === true,
        });
        break;
      case "knocked":
        knocks.push(event.at);
        break;
      case "stopped_waiting":
        stops.push({ at: event.at, startedAt: event.startedAt });
        break;
      case "updated":
        signs.push(event.at);
        break;
      case "presence_ruled":
        break;
      default:
        event satisfies never;
    }
  }
  const corrections = putAwayIn(events);
  const ending = watch.closings.flatMap(({ at, cause }) => (cause === "next_meeting" ? [] : at));
  // A participant who joins while in was out before, without a reported leave.
  const stays = projectSpans(joins, leaves, {
    closings: ending,
    words: corrections,
    repeatMs: SAME_MOMENT_MS,
  });
  return {
    id,
    userId: userId?.value ?? null,
    name: name?.value ?? null,
    visits: stays.map((span) => ({
      participantId: id,
      joinedAt: span.from,
      ...endOf(span, signs, corrections, watch, now),
      start: startOf(span, watch.observedFrom),
    })),
    // A knock after coming in begins a new wait, and so does a knock when a wait has expired.
    knocks: projectSpans(knocks, stops, {
      closings: stays.map(({ from }) => from),
      words: corrections,
      repeatMs: WAIT_EXPIRES_MS - 1,
    }).map((span) => knockOf(id, span, knocks, corrections, stays)),
    hostMarks: distinct(hostMarks),
    heardAt: signs.length === 0 ? null : Math.max(...signs),
    ...(corrections.length > 0 && { words: corrections }),
  };
}

/** A connection that came in later was still waiting until then, whatever the correction states. */
function knockOf(
  participantId: string,
  span: Span,
  knocks: readonly Ms[],
  corrections: readonly PutAway[],
  stays: readonly Span[],
): Knock {
  const next = span.next ?? Infinity;
  const heardAt = lastOf(knocks, span.from, span.to ?? next);
  const knock = { participantId, startedAt: span.from, stoppedAt: span.to, heardAt };
  const cameIn = stays.some(({ from }) => from >= span.from && from <= next);
  const isOpen = span.to === null && !cameIn;
  const unreported = { from: span.from, heardAt, lastAt: heardAt, next };
  const putAway = isOpen ? correctionFor(corrections, unreported) : null;
  return putAway === null ? knock : { ...knock, putAway };
}

/**
 * How a stay ended. Without a reported end, it is over once one of these shows it: a new join, `closingOf`,
 * a day without an event, or a correction. It counts up to the last moment they were known to be there, and
 * may have lasted until the sign of its end.
 */
function endOf(
  span: Span,
  signs: readonly Ms[],
  corrections: readonly PutAway[],
  { closings, rules }: Watch,
  now: Ms,
): Pick<Visit, "leftAt" | "leftBy" | "end" | "ruling"> {
  if (span.to !== null) return { leftAt: span.to, end: span.endInferred ? "inferred" : "reported" };
  const closing = closingOf(span.from, closings);
  const closedAt = closing === null ? Infinity : Math.max(closing.at, span.from);
  const next = span.next ?? Infinity;
  const over = Math.min(closedAt, next);
  const heardAt = lastOf(signs, span.from, over);
  const lastAt = lastOf(signs, span.from, next);
  const correction = correctionFor(corrections, { from: span.from, heardAt, lastAt, next });
  // The observer saw them until its closing; a silence is weaker evidence than a correction.
  const isSeen =
    correction === null || (closedAt <= correction.since && closing?.cause !== "silence");
  if (closing?.watched && closedAt <= next && isSeen) return { leftAt: closedAt, end: "inferred" };
  if (correction !== null) {
    const { endedAt: leftAt, overBy: leftBy } = correctedEnd(correction, heardAt, over);
    const ended = { leftAt, end: "operator", ruling: correction.ruling } as const;
    return leftBy === undefined ? ended : { ...ended, leftBy };
  }
  const leftBy = Math.min(over, rules.meetings === "by_gap" ? unheardBy(heardAt, now) : Infinity);
  return leftBy === Infinity
    ? { leftAt: null, end: null }
    : { leftAt: heardAt, leftBy, end: "inferred" };
}

/** Until when a participant last heard of at a moment may still be there; Infinity while they may be. */
function unheardBy(heardAt: Ms, now: Ms): Ms {
  return now - heardAt >= UNHEARD_MS ? heardAt + UNHEARD_MS : Infinity;
}

/** The last of the moments from `from` to before `before`; `from` where there is none. */
function lastOf(moments: readonly Ms[], from: Ms, before: Ms): Ms {
  let last = from;
  for (const at of moments) if (at > last && at < before) last = at;
  return last;
}

/** In time order, without repeats. */
function distinct(marks: readonly HostMark[]): HostMark[] {
  return marks
    .toSorted(
      (a, b) =>
        a.at - b.at || Number(a.exact) - Number(b.exact) || Number(a.isHost) - Number(b.isHost),
    )
    .filter((mark, index, sorted) => {
      const before = sorted[index - 1];
      return before?.at !== mark.at || before.exact !== mark.exact || before.isHost !== mark.isHost;
    });
}

function startOf({ from, startSeen }: Span, observedFrom: Ms | null): Visit["start"] {
  if (!startSeen) return "inferred";
  return observedFrom !== null && from <= observedFrom + ROSTER_MS ? "first_seen" : "reported";
}

/** The latest report counts; of two at one moment the greater, so that order never matters. */
function later(
  latest: { at: Ms; value: string } | null,
  at: Ms,
  value: string | null,
): { at: Ms; value: string } | null {
  if (value === null || value.trim() === "") return latest;
  if (latest === null || at > latest.at || (at === latest.at && value > latest.value))
    return { at, value };
  return latest;
}
