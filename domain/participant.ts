import { type Closing, closedAt } from "./closing.ts";
import { isAboutParticipant, type MeetingEvent, type Ms, type ParticipantEvent } from "./event.ts";
import { ROSTER_MS, WAIT_EXPIRES_MS } from "./rules.ts";
import { type Ending, type Span, tellSpans } from "./span.ts";

/** One stay in the meeting, as one connection. */
export interface Visit {
  participantId: string;
  joinedAt: Ms;
  leftAt: Ms | null;
  /**
   * `inferred` where only the leave was heard, so the visit has no known length. `first_seen` where the
   * observer found somebody there as it came in: they may have been there for longer.
   */
  start: "reported" | "first_seen" | "inferred";
  /** `inferred` where we closed it (the meeting ended, the observer left); `null` while open. */
  end: "reported" | "inferred" | null;
}

/** One stay in the waiting room, before its outcome is known. `stoppedAt` only where reported. */
export interface Knock {
  participantId: string;
  startedAt: Ms;
  stoppedAt: Ms | null;
}

/** The host role as stated at one moment; `exact` when the statement is of the change itself. */
export interface HostMark {
  at: Ms;
  isHost: boolean;
  exact: boolean;
}

/** One connection, told from all its events. */
export interface Participant {
  id: string;
  userId: string | null;
  name: string | null;
  visits: Visit[];
  knocks: Knock[];
  hostMarks: HostMark[];
}

/** The events of each connection. */
export function byConnection(events: readonly MeetingEvent[]): Map<string, ParticipantEvent[]> {
  return Map.groupBy(events.filter(isAboutParticipant), ({ participantId }) => participantId);
}

/** Tells one connection from the set of its events: order and repetition do not matter. */
export function tellParticipant(
  id: string,
  events: readonly ParticipantEvent[],
  closings: readonly Closing[],
  observedFrom: Ms | null = null,
): Participant {
  const joins: Ms[] = [];
  const leaves: Ending[] = [];
  const knocks: Ms[] = [];
  const stops: Ending[] = [];
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
        break;
      default:
        event satisfies never;
    }
  }
  const closed = closings.map(({ at }) => at);
  const visits = tellSpans(joins, leaves, closed);
  return {
    id,
    userId: userId?.value ?? null,
    name: name?.value ?? null,
    visits: visits.map((span) => {
      const leftAt = span.to ?? closedAt(span.from, closings);
      return {
        participantId: id,
        joinedAt: span.from,
        leftAt,
        start: startOf(span, observedFrom),
        end: endOf(span, leftAt),
      };
    }),
    // Whoever came in and knocks again waits anew, and so does whoever knocks when a wait has expired.
    knocks: tellSpans(
      knocks,
      stops,
      visits.map(({ from }) => from),
      WAIT_EXPIRES_MS,
    ).map((span) => ({
      participantId: id,
      startedAt: span.from,
      stoppedAt: span.to,
    })),
    hostMarks: distinct(hostMarks),
  };
}

/** In time order, what was said twice once. */
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

function endOf({ to, endInferred }: Span, leftAt: Ms | null): Visit["end"] {
  if (to !== null && !endInferred) return "reported";
  return leftAt === null ? null : "inferred";
}

/** The latest statement wins; of two at one moment the greater, so that order never matters. */
function later(
  known: { at: Ms; value: string } | null,
  at: Ms,
  value: string | null,
): { at: Ms; value: string } | null {
  if (value === null || value.trim() === "") return known;
  if (known === null || at > known.at || (at === known.at && value > known.value))
    return { at, value };
  return known;
}
