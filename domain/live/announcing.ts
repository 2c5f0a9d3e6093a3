import type { Ms } from "#domain/time/ms.ts";
import { fromWireTime } from "#domain/time/wire-time.ts";
import type { Happening } from "./wire.ts";

/*
 * What is read out to somebody who does not look at the screen: what happened within some seconds as a few
 * sentences, never more often than each interval, nothing twice, and nobody who gave up left out.
 */

/** So long everything that happens is gathered into one announcement. */
export const GATHERED_FOR_MS: Ms = 1_500;
/** An announcement is never followed by another one sooner. */
export const INTERVAL_MS: Ms = 8_000;

/** Of those who wait, and of everybody else, what is older is no news when it comes. */
const WAIT_IS_NEWS_MS: Ms = 900_000;
const ARRIVAL_IS_NEWS_MS: Ms = 120_000;
/** So much later something may be heard of than it happened, and still be news to a page that was opened meanwhile. */
const HEARD_WITHIN_MS: Ms = 10_000;
const MOST_REMEMBERED = 1_000;
/** So many meetings are named of a kind; the rest is counted. */
const MOST_NAMED = 2;

/** What is looked at: who joins is said of it alone, who waits always. */
export type Looking = { kind: "floor" } | { kind: "meeting"; id: string } | { kind: "other" };

/** What a state is of: of each only the last one is said. */
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
  /** What happened before is no news: it stands on the page that was opened. */
  from: Ms;
  /** Not said yet, in the order in which it happened. */
  deeds: readonly Deed[];
  states: Partial<Record<Topic, string>>;
  /** When the oldest of that came. */
  since: Ms | null;
  saidAt: Ms | null;
  /** What is never said again, or is known from before. */
  known: readonly string[];
  lastStates: Partial<Record<Topic, string>>;
}

/** A page as it is opened: what is seen already, and what had happened by then, is no news. */
export function beginAnnouncing(
  happened: readonly Happening[],
  states: Partial<Record<Topic, string>>,
  openedAt: Ms,
): Announcing {
  const known = happened.map(({ id }) => id);
  const from = openedAt - HEARD_WITHIN_MS;
  return { from, deeds: [], states: {}, since: null, saidAt: null, known, lastStates: states };
}

/** Hears what happened, also again, in any order. Returns the same where nothing is to be said of it. */
export function announceHappenings(
  announcing: Announcing,
  happened: readonly Happening[],
  looking: Looking,
  now: Ms,
): Announcing {
  const known = new Set(announcing.known);
  const fresh = happened.filter(({ id }) => !known.has(id));
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
 * Hears how something stands, `null` where that is not certain. What is not so any more before it was said is not
 * said.
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

/** When the next announcement is due; `null` where there is nothing to say. */
export function dueAt({ since, saidAt }: Announcing): Ms | null {
  if (since === null) return null;
  return Math.max(since + GATHERED_FOR_MS, saidAt === null ? 0 : saidAt + INTERVAL_MS);
}

/** Says everything that is due, if it is. */
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

/** Whoever waits is waited for by somebody: that comes first. */
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
  const newsFor = isOfWaits ? WAIT_IS_NEWS_MS : ARRIVAL_IS_NEWS_MS;
  if (now - fromWireTime(happening.at) > newsFor) return null;
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

/** That somebody waits is no news any more when it is over before it was said. */
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
  // One more is named rather than counted as "1 other meeting".
  const named = meetings.length === MOST_NAMED + 1 ? meetings : meetings.slice(0, MOST_NAMED);
  const others = meetings.slice(named.length);
  const said = named.map((there) => {
    const { one, many } = VERBS[kind];
    return `${names(there)} ${there.length === 1 ? one : many} ${there[0]?.meeting ?? ""}.`;
  });
  if (others.length > 0) {
    const count = others.reduce((sum, there) => sum + there.length, 0);
    said.push(`${count} people ${VERBS[kind].many} ${others.length} other meetings.`);
  }
  return said;
}

/** `Ada`, `Ada and Ben`, `Ada and 3 others`. */
function names(deeds: readonly Deed[]): string {
  const [first, second] = deeds;
  if (first === undefined) return "";
  if (second === undefined) return first.name;
  if (deeds.length === 2) return `${first.name} and ${second.name}`;
  return `${first.name} and ${deeds.length - 1} others`;
}
