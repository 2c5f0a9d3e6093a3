import { type Closing, closedAt } from "./closing.ts";
import type { Ms } from "./event.ts";
import type { Knock, Participant, Visit } from "./participant.ts";
import { ADMISSION_MS, SHORT_WAIT_MS, WAIT_EXPIRES_MS } from "./rules.ts";

/**
 * How a wait ended. `left` covers a host's refusal too: providers do not tell them apart.
 * `short`: left within 10 s. `came_back`: left, but was admitted later in the same meeting.
 * `unknown`: the meeting ended or 4 h passed and nothing was heard.
 */
export type Outcome = "waiting" | "admitted" | "left" | "short" | "came_back" | "unknown";

/** One stay in the waiting room. Waiting never counts as attended. */
export interface Wait {
  participantId: string;
  startedAt: Ms;
  endedAt: Ms | null;
  outcome: Outcome;
  /** Nobody reported how it ended. */
  inferred: boolean;
}

/** The waits of one person, each with its outcome, in time order. */
export function tellWaits(
  participants: readonly Participant[],
  visits: readonly Visit[],
  closings: readonly Closing[],
  now: Ms,
): Wait[] {
  const joins = visits.map(({ joinedAt }) => joinedAt).toSorted((a, b) => a - b);
  return participants
    .flatMap(({ knocks }) => knocks)
    .map((knock) => tellWait(knock, joins, closings, now))
    .toSorted((a, b) => a.startedAt - b.startedAt || (a.participantId < b.participantId ? -1 : 1));
}

function tellWait(knock: Knock, joins: readonly Ms[], closings: readonly Closing[], now: Ms): Wait {
  const { participantId, startedAt, stoppedAt } = knock;
  const admittedAt = admissionOf(knock, joins);
  if (admittedAt !== null) {
    const endedAt = Math.min(stoppedAt ?? admittedAt, admittedAt);
    return { participantId, startedAt, endedAt, outcome: "admitted", inferred: false };
  }
  if (stoppedAt === null) {
    const over = silentEnd(startedAt, closings);
    return over <= now || closedAt(startedAt, closings) !== null
      ? { participantId, startedAt, endedAt: over, outcome: "unknown", inferred: true }
      : { participantId, startedAt, endedAt: null, outcome: "waiting", inferred: false };
  }
  const cameBack = joins.some((join) => join > stoppedAt);
  const outcome = cameBack
    ? "came_back"
    : stoppedAt - startedAt <= SHORT_WAIT_MS
      ? "short"
      : "left";
  return { participantId, startedAt, endedAt: stoppedAt, outcome, inferred: false };
}

/**
 * The first of the sorted `joins` that ended the wait: from the knock until shortly after the wait's
 * reported end, or until it expires. A meeting that ended meanwhile does not end the waiting for the next.
 */
export function admissionOf({ startedAt, stoppedAt }: Knock, joins: readonly Ms[]): Ms | null {
  const until = stoppedAt === null ? startedAt + WAIT_EXPIRES_MS : stoppedAt + ADMISSION_MS;
  return joins.find((join) => join >= startedAt && join <= until) ?? null;
}

/**
 * Until when a join may still turn out to be the admission of a wait whose end nobody reported, also in a
 * later meeting of the room; `null` where there is no such wait.
 */
export function unresolvedUntil(people: readonly { waits: readonly Wait[] }[]): Ms | null {
  let until: Ms | null = null;
  for (const { waits } of people) {
    for (const { outcome, startedAt } of waits) {
      if (outcome === "unknown") until = Math.max(until ?? 0, startedAt + WAIT_EXPIRES_MS);
    }
  }
  return until;
}

/** When a wait nobody reported the end of is over: the meeting closed, or it expired. */
export function silentEnd(startedAt: Ms, closings: readonly Closing[]): Ms {
  const expires = startedAt + WAIT_EXPIRES_MS;
  return Math.min(closedAt(startedAt, closings) ?? expires, expires);
}
