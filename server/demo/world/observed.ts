import type { Ms } from "#domain/time/ms.ts";
import type { Manner } from "./manner.ts";
import {
  clipped,
  type Gathering,
  type Platform,
  type Plot,
  type PlottedObserver,
  type PlottedStay,
  type SeenActor,
} from "./plot.ts";
import type { Random, Some } from "./random.ts";

export const platforms: Some<Platform> = ["teams", "meet", "zoom"];

/** When an observer comes, and how often it fails. */
export interface Observing {
  comesAt: Ms;
  /** The share of those that fail, and in which part of the meeting that is, at the earliest. */
  fails: number;
  failsFrom: number;
  /** The share of those that are never heard of again. */
  vanishes: number;
}

/**
 * What an observer sees of a plot: no one before it comes, and no end of people who stay longer. That a role has
 * changed shows only when its person leaves. `random` decides what happens, `ids` only draws ids.
 */
export function observedBy(
  { provider, tellsTitles }: Manner,
  random: Random,
  ids: Random,
  { title, ...plot }: Plot,
  platform: Platform,
  observing: Observing,
): Gathering {
  const observer = observerOf(random, plot, observing);
  // What is not reported by then cannot be known.
  const goneAt = observer.goesAt ?? (plot.live ? null : plot.to);
  return {
    provider: provider.name,
    room: `bot_${ids.token(16)}`,
    title: tellsTitles ? title : null,
    actors: plot.actors.flatMap((actor) => {
      const stays = actor.stays.flatMap((stay) => seen(random, stay, observer.comesAt, goneAt));
      return stays.length === 0 ? [] : [named({ ...actor, stays, knocks: [] }, platform, ids)];
    }),
    sessions: [],
    observer,
  };
}

/** It leaves with the last person, unless it fails. */
function observerOf(
  random: Random,
  { to, live }: Omit<Plot, "title">,
  { comesAt, fails, failsFrom, vanishes }: Observing,
): PlottedObserver {
  const dice = random.next();
  if (live || dice < vanishes) return { comesAt, goesAt: null, goes: "told", woundUpAt: null };
  if (dice < vanishes + fails) {
    const part = failsFrom + random.next() * (1 - failsFrom);
    const goesAt = comesAt + Math.round((to - comesAt) * part);
    return { comesAt, goesAt, goes: "failed", woundUpAt: null };
  }
  const goes = random.chance(0.5) ? "ended" : "told";
  return { comesAt, goesAt: to, goes, woundUpAt: to + random.int(4_000, 15_000) };
}

function seen(random: Random, stay: PlottedStay, comesAt: Ms, goneAt: Ms | null): PlottedStay[] {
  // People who were there before the observer are on its first list.
  const part = clipped(stay, comesAt + random.int(200, 900), goneAt);
  if (part === null) return [];
  const told = part.to !== null && part.to !== goneAt;
  const { hostAtFirst, hostAtLast } = part;
  return [{ ...part, told, changesAt: null, hostAtLast: told ? hostAtLast : hostAtFirst }];
}

/** Only the SDK of Zoom gives a user id, and only for one meeting. */
function named(actor: Omit<SeenActor, "connections">, platform: Platform, ids: Random): SeenActor {
  // On Teams a person who comes back is the same participant; elsewhere a new one.
  const lines = platform === "teams" ? 1 : actor.lines;
  const some = Array.from({ length: lines }, () => connectionOn(platform, ids));
  const connections = Array.from({ length: actor.lines }, (_, line) => some[line % lines] ?? "");
  return { ...actor, userId: platform === "zoom" ? ids.token(22) : null, connections };
}

function connectionOn(platform: Platform, ids: Random): string {
  switch (platform) {
    case "teams":
      return `8:orgid:${ids.uuid()}`;
    case "meet":
      return `spaces/${ids.token(12)}/devices/${ids.int(100, 999)}`;
    case "zoom":
      return String(ids.int(16_000_000, 999_999_999));
    default:
      return platform satisfies never;
  }
}
