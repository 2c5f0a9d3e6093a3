import type { MeetingEvent } from "#domain/event/event.ts";
import {
  type Closing,
  closingOf,
  closingsOf,
  closingWaits,
  watchersOf,
} from "#domain/participant/closing.ts";
import type { PutAway } from "#domain/participant/put-away.ts";
import { ADMISSION_MS, type Rules, UNHEARD_MS } from "#domain/participant/rules.ts";
import type { Visit } from "#domain/participant/visit.ts";
import type { Ms } from "#domain/time/ms.ts";
import type {
  Doubt,
  ExplainedInterval,
  Explanation,
  StayEnd,
  StayPart,
  StayStart,
  WaitEnd,
} from "./explained.ts";
import type { PersonView } from "./person-view.ts";
import { framing, type PersonReports, type Report, type ReportedStay, staysOf } from "./report.ts";
import type { Wait } from "./wait.ts";

/** Explains a person's view from the reports. The `graceMs` of the rules may be any. */
export function explain(
  person: PersonView,
  personReports: PersonReports,
  rules: Rules,
): Explanation {
  const { stays, aside } = staysOf(person.participants, personReports.own);
  const staysByKey = new Map(
    stays.map((stay) => [keyOf(stay.kind, stay.participantId, stay.from), stay]),
  );
  const closings = closingsIn(personReports, rules);
  const evidence = { stays: staysByKey, closings, personReports, rules };
  const intervals = [
    ...staysAndGaps(person, evidence),
    ...person.waits.map((wait) => waitInterval(wait, person, evidence)),
  ];
  return {
    stretches: intervals.toSorted((a, b) => a.from - b.from || endOf(a) - endOf(b)),
    aside,
    eventCount: personReports.own.length,
    deliveryIds: [...new Set(personReports.own.flatMap(({ deliveryId }) => deliveryId ?? []))],
  };
}

interface Evidence {
  stays: ReadonlyMap<string, ReportedStay>;
  closings: readonly Closing[];
  personReports: PersonReports;
  rules: Rules;
}

function keyOf(kind: ReportedStay["kind"], participantId: string, from: Ms): string {
  return `${kind} ${from} ${participantId}`;
}

function endOf({ to }: { to: Ms | null }): Ms {
  return to ?? Infinity;
}

/**
 * Every possible closing, whenever the view was projected. Whether a silence was long enough shows in what
 * it closed, so here it is assumed to be.
 */
function closingsIn(personReports: PersonReports, rules: Rules): Closing[] {
  const events = framing(personReports);
  const closings = closingsOf(events, rules, Infinity);
  // Where several observers watched, what each of them saw ends with its own leave.
  const each = [...(watchersOf(events, closings)?.values() ?? [])];
  return [...closings, ...each.flatMap((watcher) => watcher.closings)];
}

function staysAndGaps(person: PersonView, evidence: Evidence): ExplainedInterval[] {
  const { graceMs } = evidence.rules;
  const intervals: ExplainedInterval[] = [];
  const joins = person.visits.map(({ joinedAt }) => joinedAt);
  let before: Ms | null = null;
  let next = 0;
  for (const { from, to } of person.presence) {
    if (before !== null) {
      const gap = { key: `gap ${before}`, from: before, to: from };
      const isJoined = from - before <= graceMs;
      intervals.push(isJoined ? { ...gap, kind: "joined_gap", graceMs } : { ...gap, kind: "away" });
    }
    const parts: StayPart[] = [];
    for (let visit = person.visits[next]; visit && visit.joinedAt <= endOf({ to }); ) {
      parts.push(partOf(visit, joins, person, evidence));
      next += 1;
      visit = person.visits[next];
    }
    intervals.push({ kind: "stay", key: `stay ${from}`, from, to, parts });
    before = to;
  }
  return intervals;
}

function partOf(
  visit: Visit,
  joins: readonly Ms[],
  { participants }: PersonView,
  evidence: Evidence,
): StayPart {
  const { participantId, joinedAt, leftAt } = visit;
  const own = evidence.stays.get(keyOf("visit", participantId, joinedAt))?.reports ?? [];
  const start = startOf(visit, own);
  const correction = correctionOf(visit.ruling, participants);
  const end =
    correction === null
      ? stayEndOf(visit, own, joins, evidence)
      : { by: "operator" as const, word: correction, leftBy: visit.leftBy ?? null };
  const ofMeeting = evidence.personReports.ofMeeting.filter(({ event }) => {
    if (event.type === "observer_joined")
      return start === "first_seen" && isFirst(event.at, evidence);
    return showsEnd(event, end);
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

function correctionOf(
  ruling: string | undefined,
  participants: PersonView["participants"],
): PutAway | null {
  if (ruling === undefined) return null;
  const corrections = participants.flatMap(({ words: corrections = [] }) => corrections);
  return corrections.find((correction) => correction.ruling === ruling) ?? null;
}

function showsEnd({ type, at }: MeetingEvent, end: StayEnd): boolean {
  if (end.by === "nobody") {
    const cause = end.because === "next_meeting" ? "meeting_started" : end.because;
    return type === cause && at === end.leftBy;
  }
  return "at" in end && type === end.by && at === end.at;
}

function isFirst(at: Ms, { personReports }: Evidence): boolean {
  return personReports.ofMeeting.every(
    ({ event }) => event.type !== "observer_joined" || event.at >= at,
  );
}

function startOf({ start }: Visit, own: readonly Report[]): StayStart {
  if (start === "inferred") return "unknown";
  if (start === "first_seen") return "first_seen";
  return own.some(({ event }) => event.type === "joined") ? "reported" : "told_by_leave";
}

/** A leave that was computed from the length of the visit. */
function isLength({ event }: Report): boolean {
  return event.type === "left" && event.inferred === true;
}

function stayEndOf(
  visit: Visit,
  own: readonly Report[],
  joins: readonly Ms[],
  { closings, rules }: Evidence,
): StayEnd {
  if (visit.end === null) return { by: "open" };
  if (visit.leftBy !== undefined) {
    const because = doubtOf(visit, visit.leftBy, joins, closings, rules);
    return { by: "nobody", because, leftBy: visit.leftBy };
  }
  if (visit.end === "inferred" && own.some(isLength)) return { by: "length" };
  const closing = visit.end === "inferred" ? closingAt(visit, closings) : null;
  if (closing === null) return { by: "report" };
  const { cause, at } = closing;
  const silenceMs = cause === "silence" ? rules.silenceMs : null;
  return { by: cause, at, tooLate: at < visit.joinedAt, silenceMs };
}

function closingAt({ joinedAt, leftAt }: Visit, closings: readonly Closing[]): Closing | null {
  const then = closings.find(({ at }) => Math.max(at, joinedAt) === leftAt);
  return then ?? closingOf(joinedAt, closings);
}

/** Why it is not certain that a person was still there after a moment. */
function doubtOf(
  { joinedAt, leftAt }: Visit,
  leftBy: Ms,
  joins: readonly Ms[],
  closings: readonly Closing[],
  { silenceMs }: Rules,
): Doubt {
  if (joins.includes(leftBy)) return "joined_again";
  const closing = closingOf(joinedAt, closings);
  if (closing !== null && Math.max(closing.at, joinedAt) === leftBy) return closing.cause;
  const unheardMs = leftBy - (leftAt ?? joinedAt);
  if (unheardMs === UNHEARD_MS) return "unheard";
  return silenceMs !== null && unheardMs >= silenceMs ? "silence" : "next_meeting";
}

function waitInterval(wait: Wait, person: PersonView, evidence: Evidence): ExplainedInterval {
  const { participantId, startedAt, endedAt } = wait;
  const stays = staysOfWait(wait, person, evidence);
  const end = waitEndOf(wait, person, stays, evidence);
  const closing = evidence.personReports.ofMeeting.filter(
    ({ event }) => end.how === "unknown" && event.type === end.by && event.at === end.at,
  );
  return {
    kind: "wait",
    key: keyOf("wait", participantId, startedAt),
    from: startedAt,
    to: endedAt,
    end,
    reports: inOrder([...stays.flatMap(({ reports }) => reports), ...closing]),
  };
}

/** The knocks that are one wait: its own, and those of connections that knocked again during it. */
function staysOfWait(
  wait: Wait,
  { waits }: PersonView,
  { stays: staysByKey }: Evidence,
): ReportedStay[] {
  const begun = new Set(
    waits.map(({ participantId, startedAt }) => keyOf("wait", participantId, startedAt)),
  );
  const own = staysByKey.get(keyOf("wait", wait.participantId, wait.startedAt));
  const next = waits[waits.indexOf(wait) + 1];
  const again = [...staysByKey.entries()].flatMap(([key, stay]) => {
    const isWithin = stay.from >= wait.startedAt && stay.from < (next?.startedAt ?? Infinity);
    return stay.kind === "wait" && !begun.has(key) && isWithin ? stay : [];
  });
  return [...(own === undefined ? [] : [own]), ...again].toSorted((a, b) => a.from - b.from);
}

function waitEndOf(
  wait: Wait,
  { visits, participants }: PersonView,
  stays: readonly ReportedStay[],
  { closings }: Evidence,
): WaitEnd {
  const { startedAt, outcome } = wait;
  const correction = correctionOf(wait.ruling, participants);
  if (correction !== null) {
    return {
      how: "put_away",
      word: correction,
      isBack: outcome === "came_back",
      overBy: wait.overBy ?? null,
    };
  }
  const isReported = stays.at(-1)?.to != null;
  const endedAt = wait.endedAt ?? Infinity;
  switch (outcome) {
    case "waiting":
      return { how: "waiting" };
    case "admitted": {
      const isItself = visits.some(
        (visit) =>
          stays.some(({ participantId }) => participantId === visit.participantId) &&
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
      const overBy = wait.overBy ?? endedAt;
      const closing = closingWaits(closings).find(({ at }) => Math.max(at, startedAt) === overBy);
      return {
        how: "unknown",
        by: closing === undefined ? "expired" : closing.cause,
        at: closing === undefined ? overBy : closing.at,
      };
    }
    default:
      return outcome satisfies never;
  }
}

function inOrder(reports: readonly Report[]): Report[] {
  return reports.toSorted((a, b) => a.event.at - b.event.at || a.seq - b.seq);
}
