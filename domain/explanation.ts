import { type Closing, type ClosingCause, closingOf, closingsOf } from "./closing.ts";
import type { Ms, ParticipantEvent } from "./event.ts";
import type { Visit } from "./participant.ts";
import { framing, type Report, type Stay, staysOf, type Testimony } from "./report.ts";
import { ADMISSION_MS, type Rules, WAIT_EXPIRES_MS } from "./rules.ts";
import type { PersonStory } from "./story.ts";
import type { Wait } from "./wait.ts";

/** Why a person's time is what it is: every stretch with how it counts, and everything that says so. */
export interface Explanation {
  /** In time order. Stays and joined gaps together are the attended time. */
  stretches: Stretch[];
  /** What was reported of the person beside any stay. */
  aside: Report<ParticipantEvent>[];
  /** How many events their connections have, and the deliveries that told them, each once. */
  eventCount: number;
  deliveryIds: string[];
}

export type Stretch = { key: string; from: Ms; to: Ms | null } & (
  | { kind: "stay"; parts: StayPart[] }
  /** Away for no longer than the grace: counts. */
  | { kind: "joined_gap"; graceMs: Ms }
  /** Away for longer: does not count. */
  | { kind: "away" }
  | { kind: "wait"; end: WaitEnd; reports: Report[] }
);

/** One connection's part of a stay; where several overlap, the time counts once. */
export interface StayPart {
  participantId: string;
  from: Ms;
  to: Ms | null;
  start: StayStart;
  end: StayEnd;
  reports: Report[];
}

/**
 * `reported`: by a join. `told_by_leave`: the join was not heard, its leave says when it was. `first_seen`: they
 * were there when the observer came. `unknown`: only a leave was heard, so the stay has no length.
 */
export type StayStart = "reported" | "told_by_leave" | "first_seen" | "unknown";

/** `too_late`: it seems to begin after what closed it, so it has no length. */
export type StayEnd =
  | { by: "open" }
  | { by: "report" }
  /** Only how long they were there was reported. */
  | { by: "length" }
  | { by: ClosingCause; at: Ms; tooLate: boolean; silenceMs: Ms | null };

export type WaitEnd =
  | { how: "waiting" }
  /** `as`: by a join of the connection that waited, or of another one of the person. */
  | { how: "admitted"; as: "itself" | "another"; isReported: boolean }
  | { how: "left"; isShort: boolean }
  /** `at`: when they came in to this meeting; `null`: to a later one of the room that day. */
  | { how: "came_back"; at: Ms | null; isReported: boolean }
  /** Nothing was heard of the wait again; `expired`: for four hours. */
  | { how: "unknown"; by: ClosingCause | "expired"; at: Ms };

/** Explains a person's story from what was reported. Of the rules, the grace may be any. */
export function explain(person: PersonStory, testimony: Testimony, rules: Rules): Explanation {
  const { stays, aside } = staysOf(person.participants, testimony.own);
  const told = new Map(
    stays.map((stay) => [keyOf(stay.kind, stay.participantId, stay.from), stay]),
  );
  const closings = closingsIn(testimony, rules);
  const witness = { told, closings, testimony, rules };
  const stretches = [
    ...staysAndGaps(person, witness),
    ...person.waits.map((wait) => waitStretch(wait, person, witness)),
  ];
  return {
    stretches: stretches.toSorted((a, b) => a.from - b.from || endOf(a) - endOf(b)),
    aside,
    eventCount: testimony.own.length,
    deliveryIds: [...new Set(testimony.own.flatMap(({ deliveryId }) => deliveryId ?? []))],
  };
}

interface Witness {
  told: ReadonlyMap<string, Stay>;
  closings: readonly Closing[];
  testimony: Testimony;
  rules: Rules;
}

function keyOf(kind: Stay["kind"], participantId: string, from: Ms): string {
  return `${kind} ${from} ${participantId}`;
}

function endOf({ to }: { to: Ms | null }): Ms {
  return to ?? Infinity;
}

/**
 * What may have closed anything, whenever the story was told: that a silence was long enough shows in what
 * it closed, so here it is taken to be.
 */
function closingsIn(testimony: Testimony, rules: Rules): Closing[] {
  return closingsOf(framing(testimony), rules, Infinity);
}

function staysAndGaps(person: PersonStory, witness: Witness): Stretch[] {
  const { graceMs } = witness.rules;
  const stretches: Stretch[] = [];
  let before: Ms | null = null;
  let next = 0;
  for (const { from, to } of person.presence) {
    if (before !== null) {
      const gap = { key: `gap ${before}`, from: before, to: from };
      const isJoined = from - before <= graceMs;
      stretches.push(isJoined ? { ...gap, kind: "joined_gap", graceMs } : { ...gap, kind: "away" });
    }
    const parts: StayPart[] = [];
    for (let visit = person.visits[next]; visit && visit.joinedAt <= endOf({ to }); ) {
      parts.push(partOf(visit, witness));
      next += 1;
      visit = person.visits[next];
    }
    stretches.push({ kind: "stay", key: `stay ${from}`, from, to, parts });
    before = to;
  }
  return stretches;
}

function partOf(visit: Visit, witness: Witness): StayPart {
  const { participantId, joinedAt, leftAt } = visit;
  const own = witness.told.get(keyOf("visit", participantId, joinedAt))?.reports ?? [];
  const start = startOf(visit, own);
  const end = stayEndOf(visit, own, witness);
  const ofMeeting = witness.testimony.ofMeeting.filter(({ event }) => {
    if (event.type === "observer_joined")
      return start === "first_seen" && isFirst(event.at, witness);
    return "at" in end && event.type === end.by && event.at === end.at;
  });
  return {
    participantId,
    from: joinedAt,
    to: leftAt === null ? null : Math.max(joinedAt, leftAt),
    start,
    end,
    reports: inOrder([...own, ...ofMeeting]),
  };
}

function isFirst(at: Ms, { testimony }: Witness): boolean {
  return testimony.ofMeeting.every(
    ({ event }) => event.type !== "observer_joined" || event.at >= at,
  );
}

function startOf({ start }: Visit, own: readonly Report[]): StayStart {
  if (start === "inferred") return "unknown";
  if (start === "first_seen") return "first_seen";
  return own.some(({ event }) => event.type === "joined") ? "reported" : "told_by_leave";
}

/** A leave that was worked out from how long somebody was there. */
function isLength({ event }: Report): boolean {
  return event.type === "left" && event.inferred === true;
}

function stayEndOf(visit: Visit, own: readonly Report[], { closings, rules }: Witness): StayEnd {
  if (visit.end === null) return { by: "open" };
  if (visit.end === "inferred" && own.some(isLength)) return { by: "length" };
  const closing = visit.end === "inferred" ? closingOf(visit.joinedAt, closings) : null;
  if (closing === null) return { by: "report" };
  const { cause, at } = closing;
  const silenceMs = cause === "silence" ? rules.silenceMs : null;
  return { by: cause, at, tooLate: at < visit.joinedAt, silenceMs };
}

function waitStretch(wait: Wait, person: PersonStory, witness: Witness): Stretch {
  const { participantId, startedAt, endedAt } = wait;
  const stay = witness.told.get(keyOf("wait", participantId, startedAt));
  const isReported = stay !== undefined && stay.to !== null;
  const end = waitEndOf(wait, person, isReported, witness);
  const closing = witness.testimony.ofMeeting.filter(
    ({ event }) => end.how === "unknown" && event.type === end.by && event.at === end.at,
  );
  return {
    kind: "wait",
    key: keyOf("wait", participantId, startedAt),
    from: startedAt,
    to: endedAt,
    end,
    reports: inOrder([...(stay?.reports ?? []), ...closing]),
  };
}

function waitEndOf(
  wait: Wait,
  { visits }: PersonStory,
  isReported: boolean,
  { closings }: Witness,
): WaitEnd {
  const { participantId, startedAt, outcome } = wait;
  const endedAt = wait.endedAt ?? Infinity;
  switch (outcome) {
    case "waiting":
      return { how: "waiting" };
    case "admitted": {
      const isItself = visits.some(
        (visit) =>
          visit.participantId === participantId &&
          visit.joinedAt >= startedAt &&
          visit.joinedAt <= endedAt + ADMISSION_MS,
      );
      return { how: "admitted", as: isItself ? "itself" : "another", isReported };
    }
    case "left":
    case "short":
      return { how: "left", isShort: outcome === "short" };
    case "came_back": {
      const at = visits.find(({ joinedAt }) => joinedAt >= startedAt)?.joinedAt ?? null;
      return { how: "came_back", at, isReported };
    }
    case "unknown": {
      const closing = closings.find(({ at }) => Math.max(at, startedAt) === endedAt);
      const isExpired = closing === undefined || endedAt === startedAt + WAIT_EXPIRES_MS;
      return {
        how: "unknown",
        by: isExpired ? "expired" : closing.cause,
        at: isExpired ? endedAt : closing.at,
      };
    }
    default:
      return outcome satisfies never;
  }
}

function inOrder(reports: readonly Report[]): Report[] {
  return reports.toSorted((a, b) => a.event.at - b.event.at || a.seq - b.seq);
}
