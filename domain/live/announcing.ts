import type { Ms } from "#domain/time/ms.ts";
import { fromWireTime } from "#domain/time/wire-time.ts";
import type { Happening } from "./wire.ts";

/*
 * What a screen reader announces: the events of some seconds as a few sentences, never more often than the
 * interval, nothing twice, and never without the people who gave up.
 */

/** All events within this time go into one announcement. */
export const GATHERED_FOR_MS: Ms = 1_500;
/** The shortest time between two announcements. */
export const INTERVAL_MS: Ms = 8_000;

/** Older events are not announced: of waiting people, and of everyone else. */
const OLDEST_WAIT_MS: Ms = 900_000;
const OLDEST_JOIN_MS: Ms = 120_000;
/**
 * An event may be received this much later than it happened and still be announced on a page opened
 * meanwhile.
 */
const RECEIVED_WITHIN_MS: Ms = 10_000;
const MOST_REMEMBERED = 1_000;
/** At most this many meetings are named per kind; the rest is counted. */
const MOST_NAMED = 2;

/** What the page shows: joins are announced only for a single meeting, waits always. */
export type Looking = { kind: "floor" } | { kind: "meeting"; id: string } | { kind: "other" };

/** What a state is about: only the latest state of each topic is announced. */
export type Topic = "connection" | "recording";

type Kind = "gave_up" | "waiting" | "admitted" | "joined";

interface Deed {
  id: string;
  kind: Kind;
  who: string;
  name: string;
  meetingId: string;
  meeting: string;
}

export interface Announcing {
  /** Earlier events are not announced: the page showed them when it opened. */
  from: Ms;
  /** Not announced yet, in the order in which they happened. */
  deeds: readonly Deed[];
  states: Partial<Record<Topic, string>>;
  /** When the oldest of them was received. */
  since: Ms | null;
  saidAt: Ms | null;
  /** Ids of happenings that are never announced again, or were on the page when it opened. */
  known: readonly string[];
  lastStates: Partial<Record<Topic, string>>;
}

/** Announcing for a page as it opens: what it shows already is not announced. */
export function beginAnnouncing(
  happened: readonly Happening[],
  states: Partial<Record<Topic, string>>,
  openedAt: Ms,
): Announcing {
  const shownIds = happened.map(({ id }) => id);
  const from = openedAt - RECEIVED_WITHIN_MS;
  return {
    from,
    deeds: [],
    states: {},
    since: null,
    saidAt: null,
    known: shownIds,
    lastStates: states,
  };
}

/**
 * Adds happenings, repeats allowed, in any order. Returns the same object where none of them is to be
 * announced.
 */
export function announceHappenings(
  announcing: Announcing,
  happened: readonly Happening[],
  looking: Looking,
  now: Ms,
): Announcing {
  const knownIds = new Set(announcing.known);
  const fresh = happened.filter(({ id }) => !knownIds.has(id));
  if (fresh.length === 0) return announcing;
  const deeds = fresh
    .toSorted((a, b) => (a.at < b.at ? -1 : 1))
    .filter(({ at }) => fromWireTime(at) >= announcing.from)
    .flatMap((one) => deedOf(one, looking, now) ?? []);
  return {
    ...announcing,
    deeds: overtaken([...announcing.deeds, ...deeds]),
    since: announcing.since ?? (deeds.length > 0 ? now : null),
    known: [...announcing.known, ...fresh.map(({ id }) => id)].slice(-MOST_REMEMBERED),
  };
}

/**
 * Sets the state of a topic, `null` where it is not certain. A state that ended before it was announced is
 * not announced.
 */
export function announceState(
  announcing: Announcing,
  topic: Topic,
  words: string | null,
  now: Ms,
): Announcing {
  const { [topic]: waiting, ...others } = announcing.states;
  const last = announcing.lastStates[topic];
  if (words === (waiting ?? last ?? null)) return announcing;
  const states = words === null || words === last ? others : { ...others, [topic]: words };
  const isQuiet = announcing.deeds.length === 0 && Object.keys(states).length === 0;
  return { ...announcing, states, since: isQuiet ? null : (announcing.since ?? now) };
}

/** When the next announcement is due; `null` where there is nothing to announce. */
export function dueAt({ since, saidAt }: Announcing): Ms | null {
  if (since === null) return null;
  return Math.max(since + GATHERED_FOR_MS, saidAt === null ? 0 : saidAt + INTERVAL_MS);
}

/** Makes the announcement if it is due, and the state after it. */
export function announce(
  announcing: Announcing,
  now: Ms,
): { next: Announcing; words: string | null } {
  const due = dueAt(announcing);
  if (due === null || now < due) return { next: announcing, words: null };
  const { deeds, states } = announcing;
  const words = [...Object.values(states), ...ORDER.flatMap((kind) => sentences(kind, deeds))];
  const next = {
    ...announcing,
    deeds: [],
    states: {},
    since: null,
    saidAt: now,
    lastStates: { ...announcing.lastStates, ...states },
  };
  return { next, words: words.length === 0 ? null : words.join(" ") };
}

/** Waiting people need someone to act, so they come first. */
const ORDER: readonly Kind[] = ["gave_up", "waiting", "admitted", "joined"];

const VERBS: Record<Kind, { one: string; many: string }> = {
  gave_up: { one: "gave up waiting for", many: "gave up waiting for" },
  waiting: { one: "is waiting for", many: "are waiting for" },
  admitted: { one: "was admitted to", many: "were admitted to" },
  joined: { one: "joined", many: "joined" },
};

function deedOf(happening: Happening, looking: Looking, now: Ms): Deed | null {
  const { id, meeting_id: meetingId, meeting, person_id } = happening;
  const kind = kindOf(happening);
  if (kind === null) return null;
  const isOfWaits = kind !== "joined";
  const isLookedAt =
    looking.kind === "floor" || (looking.kind === "meeting" && looking.id === meetingId);
  if (!isOfWaits && !isLookedAt) return null;
  const oldestMs = isOfWaits ? OLDEST_WAIT_MS : OLDEST_JOIN_MS;
  if (now - fromWireTime(happening.at) > oldestMs) return null;
  const name = happening.name ?? "An unnamed guest";
  return { id, kind, who: person_id ?? id, name, meetingId, meeting };
}

function kindOf({ what }: Happening): Kind | null {
  switch (what.kind) {
    case "joined":
    case "came_back":
      return "joined";
    case "waiting":
    case "admitted":
      return what.kind;
    case "left_before_admitted":
      return "gave_up";
    case "reconnected":
    case "left":
    case "host_changed":
    case "meeting_started":
    case "meeting_ended":
    case "not_let_in":
    case "bot_removed":
      return null;
    default:
      return what satisfies never;
  }
}

/** A wait that is over before it was announced is not announced. */
function overtaken(deeds: readonly Deed[]): Deed[] {
  return deeds.filter(
    ({ kind, who, meetingId }, index) =>
      kind !== "waiting" ||
      !deeds
        .slice(index + 1)
        .some(
          (later) =>
            later.who === who &&
            later.meetingId === meetingId &&
            (later.kind === "admitted" || later.kind === "gave_up"),
        ),
  );
}

function sentences(kind: Kind, deeds: readonly Deed[]): string[] {
  const own = deeds.filter((deed) => deed.kind === kind);
  const meetings = [...Map.groupBy(own, ({ meetingId }) => meetingId).values()];
  // One more is named: shorter than "1 other meeting".
  const named = meetings.length === MOST_NAMED + 1 ? meetings : meetings.slice(0, MOST_NAMED);
  const others = meetings.slice(named.length);
  const phrases = named.map((there) => {
    const { one, many } = VERBS[kind];
    return `${names(there)} ${there.length === 1 ? one : many} ${there[0]?.meeting ?? ""}.`;
  });
  if (others.length > 0) {
    const count = others.reduce((sum, there) => sum + there.length, 0);
    phrases.push(`${count} people ${VERBS[kind].many} ${others.length} other meetings.`);
  }
  return phrases;
}

/** `Ada`, `Ada and Ben`, `Ada and 3 others`. */
function names(deeds: readonly Deed[]): string {
  const [first, second] = deeds;
  if (first === undefined) return "";
  if (second === undefined) return first.name;
  if (deeds.length === 2) return `${first.name} and ${second.name}`;
  return `${first.name} and ${deeds.length - 1} others`;
}
