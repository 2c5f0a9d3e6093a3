import type { Visit } from "#domain/participant/visit.ts";
import { lengthMs, union } from "#domain/time/interval.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { PersonView } from "./person-view.ts";
import {
  claimsShownNow,
  type ShownClaims,
  type ShownMeeting,
  type ShownPerson,
  visitClaim,
  waitClaim,
} from "./shown-claims.ts";
import type { Outcome, Wait } from "./wait.ts";

/**
 * A claim shown for less time does not count as shown: a provider may report the end of a wait a moment
 * before the join.
 */
const SHOWN_MS = 5_000;
/** Joins and leaves may take this long to arrive; only later ones are late. */
export const LATE_MS = 15_000;
/** Smaller differences are not visible. */
const VISIBLE_MS = 1_000;

/**
 * The person of a revision: one of their connections, by which they are found whatever person it is part of
 * by then.
 */
export interface RevisedPerson {
  participantId: string;
  name: string | null;
}

/** Something a page showed of the past that turned out otherwise. `byMs`: attended more, or less, by this. */
export type Revision =
  | { kind: "wait"; person: RevisedPerson; said: Outcome; now: "admitted" | "came_back"; at: Ms }
  | { kind: "visit"; person: RevisedPerson; from: Ms; to: Ms | null; byMs: Ms }
  | { kind: "start"; person: RevisedPerson; said: Ms; now: Ms; byMs: Ms }
  | {
      kind: "end";
      person: RevisedPerson;
      /** `null` where they were shown as still there. */
      said: Ms | null;
      wasInferred: boolean;
      /** `null` where they are still there. */
      now: Ms | null;
      byMs: Ms;
    }
  /** Several shown people are one person. */
  | { kind: "merged"; person: RevisedPerson; count: number }
  /** One shown person is several people. */
  | { kind: "split"; person: RevisedPerson; count: number }
  /** They are not in this meeting after all. */
  | { kind: "gone"; people: RevisedPerson[] }
  /** Another meeting of the room turned out to be this one: these people were in it. */
  | { kind: "came"; people: RevisedPerson[] }
  /** `said`: `null` where the meeting was shown as going on. */
  | { kind: "meeting_end"; said: Ms | null; now: Ms };

/** A view that a page is about to show. */
export interface Redrawn {
  view: ShownMeeting;
  /** The server's time. */
  at: Ms;
  /** Until when the page was up to date: `at`, or when it lost the server before. */
  levelUntil: Ms;
  /** New events arrived; else only the clock or the lens changed. */
  isNews: boolean;
  /** The page was led here from another meeting of the room, which is or was this one. */
  isMoved: boolean;
  graceMs: Ms;
}

/**
 * The revisions of what a page showed, and the claims it shows from now on. A claim counts as shown only if
 * it stood for a while after it was no longer true, so events that arrive in time revise nothing.
 */
export function revise(
  claims: ShownClaims,
  redrawn: Redrawn,
): { said: ShownClaims; corrections: Revision[] } {
  const { view, at, isNews, isMoved } = redrawn;
  const next = claimsShownNow(view, at, claims);
  if (!isNews) return { said: next, corrections: [] };
  const changed = new Set<PersonView>();
  for (const { view: person } of next.people.values()) {
    if (person.participantIds.some((id) => claims.people.get(id)?.view !== person))
      changed.add(person);
  }
  const strangers = isMoved ? [...changed].filter((person) => isStranger(person, claims)) : [];
  const corrections = [...changed].flatMap((person) => {
    if (strangers.includes(person)) return [];
    const before = [...new Set(person.participantIds.flatMap((id) => claims.people.get(id) ?? []))];
    return isCorrectedAnew(person, before) ? [] : ofPerson(person, before, claims, redrawn);
  });
  return {
    said: next,
    corrections: [
      ...ofMeeting(claims, redrawn),
      ...gone(claims, next, redrawn),
      ...(strangers.length === 0
        ? []
        : [{ kind: "came" as const, people: strangers.map(corrected) }]),
      ...splits(claims, next, redrawn),
      ...corrections,
    ],
  };
}

function isStranger({ participantIds }: PersonView, claims: ShownClaims): boolean {
  return participantIds.every((id) => !claims.people.has(id));
}

/** Whether a claim had stood for long enough after `truth` made it wrong. */
function stood(since: Ms, truth: Ms, { levelUntil }: Redrawn, leastMs = SHOWN_MS): boolean {
  return levelUntil - Math.max(since, truth) > leastMs;
}

/** A change by an operator's correction is no revision: the operator expects it. */
function isCorrectedAnew(person: PersonView, before: readonly ShownPerson[]): boolean {
  if (before.length === 0) return false;
  const now = idsOf([person]);
  const then = idsOf(before.map(({ view }) => view));
  return now.size !== then.size || [...now].some((id) => !then.has(id));
}

function idsOf(people: readonly PersonView[]): Set<string> {
  return new Set(
    people.flatMap(({ rulings, participants }) => [
      ...rulings.map(({ id }) => id),
      ...participants.flatMap(({ words: corrections = [] }) =>
        corrections.map(({ ruling }) => ruling),
      ),
    ]),
  );
}

/** The revision of one person: at most one, the one that explains the others. */
function ofPerson(
  person: PersonView,
  before: readonly ShownPerson[],
  claims: ShownClaims,
  redrawn: Redrawn,
): Revision[] {
  const correction =
    merged(person, before, claims, redrawn) ??
    waitOf(person, before, redrawn) ??
    stayOf(person, before, claims, redrawn);
  return correction === null ? [] : [correction];
}

function corrected({ participantIds: [first = ""], name }: PersonView): RevisedPerson {
  return { participantId: first, name };
}

/** A person who had only waited is identified better once they come in: that is no revision. */
function merged(
  person: PersonView,
  before: readonly ShownPerson[],
  claims: ShownClaims,
  redrawn: Redrawn,
): Revision | null {
  const apart = before.filter(({ view }) => view.visits.length > 0);
  const since = apart.map(({ view }) =>
    Math.max(...view.participantIds.map((id) => claims.together.get(id) ?? 0)),
  );
  if (apart.length < 2 || !since.every((one) => stood(one, one, redrawn))) return null;
  return { kind: "merged", person: corrected(person), count: apart.length };
}

function splits(claims: ShownClaims, next: ShownClaims, redrawn: Redrawn): Revision[] {
  return [...new Set(claims.people.values())].flatMap(({ view }) => {
    const parts = new Set(view.participantIds.flatMap((id) => next.people.get(id) ?? []));
    if (parts.size < 2 || isCorrectedApart(view, [...parts])) return [];
    const since = Math.max(...view.participantIds.map((id) => claims.together.get(id) ?? 0));
    if (!stood(since, since, redrawn)) return [];
    return [{ kind: "split", person: corrected(view), count: parts.size }];
  });
}

function isCorrectedApart(view: PersonView, parts: readonly ShownPerson[]): boolean {
  const then = idsOf([view]);
  const now = idsOf(parts.map((part) => part.view));
  return then.size !== now.size || [...now].some((id) => !then.has(id));
}

function gone(claims: ShownClaims, next: ShownClaims, redrawn: Redrawn): Revision[] {
  const people = [...new Set(claims.people.values())].flatMap(({ view }) => {
    if (view.participantIds.some((id) => next.people.has(id))) return [];
    const since = Math.min(...view.participantIds.map((id) => claims.together.get(id) ?? 0));
    return stood(since, since, redrawn) ? [corrected(view)] : [];
  });
  return people.length === 0 ? [] : [{ kind: "gone", people }];
}

function ofMeeting({ endedAt: { value, since } }: ShownClaims, redrawn: Redrawn): Revision[] {
  const now = redrawn.view.endedAt;
  if (now === null || (value !== null && Math.abs(now - value) < VISIBLE_MS)) return [];
  if (!stood(since, now, redrawn, value === null ? LATE_MS : SHOWN_MS)) return [];
  return [{ kind: "meeting_end", said: value, now }];
}

/** A wait that was shown as given up or of unknown end, and whose person was in by then. */
function waitOf(
  person: PersonView,
  before: readonly ShownPerson[],
  redrawn: Redrawn,
): Revision | null {
  for (const wait of person.waits) {
    const { outcome } = wait;
    if (outcome !== "admitted" && outcome !== "came_back") continue;
    const claim = claimOf(wait, before);
    const at = cameInAt(wait, person.visits);
    if (claim === null || at === null || !isLost(claim.outcome)) continue;
    if (!stood(claim.since, at, redrawn)) continue;
    return { kind: "wait", person: corrected(person), said: claim.outcome, now: outcome, at };
  }
  return null;
}

function claimOf(
  { participantId, startedAt }: Wait,
  before: readonly ShownPerson[],
): { outcome: Outcome; since: Ms } | null {
  for (const { view, since } of before) {
    const shownWait = view.waits.find(
      (wait) => wait.participantId === participantId && wait.startedAt === startedAt,
    );
    if (shownWait)
      return { outcome: shownWait.outcome, since: since.get(waitClaim(shownWait)) ?? Infinity };
  }
  return null;
}

function isLost(outcome: Outcome): boolean {
  return outcome === "left" || outcome === "short" || outcome === "unknown";
}

/** The join that ended a wait, or was the return; `null` where that was in a later meeting. */
function cameInAt({ outcome, startedAt, endedAt }: Wait, visits: readonly Visit[]): Ms | null {
  const from = outcome === "admitted" ? (endedAt ?? startedAt) : startedAt;
  return visits.find(({ joinedAt }) => joinedAt >= from)?.joinedAt ?? null;
}

/** A visit that was not shown, or was shown with another start or end, where that changes the time attended. */
function stayOf(
  person: PersonView,
  before: readonly ShownPerson[],
  claims: ShownClaims,
  redrawn: Redrawn,
): Revision | null {
  const shown = before.flatMap(({ view }) => view.visits);
  const byMs = attended(person.visits, redrawn) - attended(shown, redrawn);
  if (Math.abs(byMs) < VISIBLE_MS) return null;
  const since = (visit: Visit): Ms => {
    const claim = visitClaim(visit);
    return before.find((one) => one.since.has(claim))?.since.get(claim) ?? Infinity;
  };
  const about = { person: corrected(person), byMs };
  for (const visit of person.visits) {
    const { joinedAt: from, leftAt: to } = visit;
    const shownVisit = shown.find((other) => isSame(visit, other));
    if (shownVisit === undefined) {
      if (stood(claims.from, from, redrawn, LATE_MS)) return { kind: "visit", ...about, from, to };
      continue;
    }
    if (
      Math.abs(from - shownVisit.joinedAt) >= VISIBLE_MS &&
      stood(since(shownVisit), from, redrawn)
    ) {
      return { kind: "start", ...about, said: shownVisit.joinedAt, now: from };
    }
    if (isEndCorrected(visit, shownVisit, since(shownVisit), redrawn)) {
      const wasInferred = shownVisit.end === "inferred";
      return { kind: "end", ...about, said: shownVisit.leftAt, wasInferred, now: to };
    }
  }
  return null;
}

/** An end inferred from a closing concerns the meeting, not every person who was in it. */
function isEndCorrected(visit: Visit, shown: Visit, since: Ms, redrawn: Redrawn): boolean {
  if (visit.end === "inferred") return false;
  if (visit.leftAt === null) {
    return shown.leftAt !== null && stood(since, shown.leftAt, redrawn);
  }
  if (shown.leftAt !== null && Math.abs(visit.leftAt - shown.leftAt) < VISIBLE_MS) return false;
  return stood(since, visit.leftAt, redrawn, shown.leftAt === null ? LATE_MS : SHOWN_MS);
}

/** The same stay of the same connection, wherever its ends are by now. */
function isSame(a: Visit, b: Visit): boolean {
  if (a.participantId !== b.participantId) return false;
  return a.joinedAt <= (b.leftAt ?? Infinity) && b.joinedAt <= (a.leftAt ?? Infinity);
}

function attended(visits: readonly Visit[], { graceMs, at }: Redrawn): Ms {
  const stays = visits.map(({ joinedAt, leftAt }) => ({ from: joinedAt, to: leftAt }));
  return lengthMs(union(stays, graceMs), at);
}
