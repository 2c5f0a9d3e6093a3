import type { Ms } from "#domain/time/ms.ts";
import { type Actor, MINUTE, type PlottedKnock, type PlotWindow, SECOND } from "./plot.ts";
import { isThere, newLine } from "./presence.ts";
import type { Random } from "./random.ts";

/** How somebody who knocks fares. `twice`: let in, gone for a while, and knocking again. */
const FATES = ["left", "short", "came_back", "twice", "forgotten"] as const;
export type Fate = (typeof FATES)[number] | "admitted";

/** The share of each fate; the rest are admitted. */
export type Odds = Readonly<Record<(typeof FATES)[number], number>>;

/** A waiting room, and how those behind it work. */
export interface Door extends PlotWindow {
  /** When somebody who knocks at `at` is let in. */
  calls: (at: Ms) => Ms;
  /** When somebody who was let in at `at` leaves; `null` where they stay. */
  leaves: (at: Ms) => Ms | null;
  /** How long somebody who knocks at `at` waits before they give up. */
  patience: (at: Ms) => Ms;
  /** The chance that somebody inside loses the connection. */
  shaky: number;
}

export function fateOf(random: Random, odds: Odds): Fate {
  let dice = random.next();
  for (const fate of FATES) {
    if (dice < odds[fate]) return fate;
    dice -= odds[fate];
  }
  return "admitted";
}

/**
 * What becomes of a guest who knocks at `at`: their fate, or where too little time is left for it, an admission.
 * Returns what it was.
 */
export function knocks(random: Random, actor: Actor, at: Ms, fate: Fate, door: Door): Fate {
  const left = door.to - at;
  const isNamed = actor.name !== null;
  if (fate === "left" && left >= MINUTE) {
    givesUp(actor, at, door.patience(at), "left");
  } else if (fate === "short" && left >= 20 * SECOND) {
    givesUp(actor, at, random.int(2 * SECOND, 8 * SECOND), "short");
  } else if (fate === "came_back" && left >= 5 * MINUTE && isNamed) {
    const waited = random.int(12 * SECOND, 40 * SECOND);
    givesUp(actor, at, waited, "came_back");
    // Later than a reload of the page would be.
    const again = at + waited + random.int(65 * SECOND, 90 * SECOND);
    isLetIn(random, actor, again, { ...door, shaky: 0 });
  } else if (fate === "twice" && left >= 6 * MINUTE && isNamed) {
    comesTwice(random, actor, at, door);
  } else if (fate === "forgotten") {
    waitsToTheEnd(actor, at, door);
  } else {
    isLetIn(random, actor, at, door);
    return "admitted";
  }
  return fate;
}

export function givesUp(
  actor: Actor,
  from: Ms,
  waited: Ms,
  outcome: Extract<PlottedKnock["outcome"], "left" | "short" | "came_back">,
): void {
  const to = from + waited;
  actor.knocks.push({ line: newLine(actor), from, to, toldAt: to, outcome });
}

/** A wait that goes on with the meeting, or whose end nobody reports: then it is over with the meeting. */
export function waitsToTheEnd(actor: Actor, from: Ms, { to, live }: PlotWindow): void {
  const over = live ? null : Math.max(from, to);
  const outcome = live ? "waiting" : "unknown";
  actor.knocks.push({ line: newLine(actor), from, to: over, toldAt: null, outcome });
}

/** Admitted, gone for longer than the grace, and knocking again: admitted again, or not. */
function comesTwice(random: Random, actor: Actor, at: Ms, door: Door): void {
  const calledAt = door.calls(at);
  const away = calledAt + MINUTE + random.int(SECOND, MINUTE);
  const isLate = away + 3 * MINUTE > door.to;
  isLetIn(random, actor, at, { ...door, calls: () => calledAt, leaves: () => away, shaky: 0 });
  if (isLate) return;
  const again = away + random.int(35 * SECOND, MINUTE);
  if (random.chance(0.4)) givesUp(actor, again, random.int(15 * SECOND, MINUTE), "left");
  else isLetIn(random, actor, again, { ...door, shaky: 0 });
}

function isLetIn(random: Random, actor: Actor, from: Ms, door: Door): void {
  const { calls, leaves, shaky, to: end } = door;
  const calledAt = calls(from);
  const line = newLine(actor);
  actor.knocks.push({ line, from, to: calledAt, toldAt: calledAt, outcome: "admitted" });
  isThere(random, actor, { from: calledAt, to: leaves(calledAt) }, { shaky, line, end });
}
