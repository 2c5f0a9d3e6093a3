import type { Ms } from "#domain/time/ms.ts";
import type { PlotWindow } from "#server/demo/world/plot.ts";
import type { Random, Some } from "#server/demo/world/random.ts";

export type OutlineKind = "clinic" | "sales" | "class" | "townhall" | "interview";

/** The kind, room and time of a meeting, before its people are drawn: until the last one leaves, or the script ends. */
export interface Outline extends PlotWindow {
  kind: OutlineKind;
  /** Number of the room: outlines with the same number are one after another in one room. */
  place: number;
  /** Of the providers that such a meeting can have, each has its turn. */
  turn: number;
  people: number;
  /** Whether a person is in from the first moment. */
  opens: boolean;
}

export interface Size {
  meetings: number;
  people: number;
}

interface Slot {
  kind: OutlineKind;
  weight: number;
  /** The same room as the slot before, later. */
  follows: boolean;
  /** The provider after the one whose turn it is. */
  isNext: boolean;
}

const slots: Some<Slot> = [
  { kind: "clinic", weight: 8, follows: false, isNext: false },
  { kind: "sales", weight: 5, follows: false, isNext: false },
  { kind: "class", weight: 9, follows: false, isNext: false },
  { kind: "townhall", weight: 12, follows: false, isNext: false },
  { kind: "interview", weight: 3, follows: false, isNext: true },
  { kind: "interview", weight: 3, follows: true, isNext: true },
];

const SECOND: Ms = 1000;
/** All meetings begin by then in a script of any length, so that the page is not empty for longer. */
const ALL_BEGUN_BY: Ms = 40 * SECOND;
/** The end of a meeting is reported up to 20 s late, and that is still part of the script. */
const TAIL: Ms = 25 * SECOND;
/** With less than this there is no room for two meetings and the empty gap between them. */
const LONG_ENOUGH_FOR_TWO: Ms = 12 * 60 * SECOND;

/**
 * The time and size of each meeting: `meetings` in all, `people` over all of them (at least one each). The first
 * begins with the script and goes on when it ends, the second ends before, the others by chance.
 */
export function outlineMeetings(random: Random, size: Size, start: Ms, end: Ms): Outline[] {
  const length = end - start;
  const chosen = Array.from({ length: size.meetings }, (_, index) => slotAt(index));
  const people = shares(chosen, size.people);
  const outlines: Outline[] = [];
  for (const [index, slot] of chosen.entries()) {
    const before = outlines.at(-1);
    const round = Math.floor(index / slots.length);
    const turn = slot.isNext ? round + 1 : round;
    const common = { kind: slot.kind, turn, people: people[index] ?? 1, opens: index === 0 };
    if (slot.follows && before && length >= LONG_ENOUGH_FOR_TWO) {
      const from = before.to + random.int(150 * SECOND, 240 * SECOND);
      outlines.push({
        ...common,
        ...ending(random, from, end, random.chance(0.45)),
        place: before.place,
      });
    } else if (chosen[index + 1]?.follows && length >= LONG_ENOUGH_FOR_TWO) {
      const from = start + random.int(SECOND, Math.min(length * 0.05, ALL_BEGUN_BY));
      const to = start + random.int(length * 0.34, length * 0.42);
      outlines.push({ ...common, from, to, live: false, place: index });
    } else {
      const begun = random.int(SECOND, Math.min(length * 0.12, ALL_BEGUN_BY));
      const from = common.opens ? start : start + begun;
      const live = index !== 1 && (index === 0 || random.chance(0.45));
      outlines.push({ ...common, ...ending(random, from, end, live), place: index });
    }
  }
  return outlines;
}

function ending(random: Random, from: Ms, end: Ms, live: boolean): PlotWindow {
  if (live) return { from, to: end, live };
  const left = end - TAIL - from;
  return { from, to: from + random.int(left * 0.75, left), live };
}

function slotAt(index: number): Slot {
  return slots[index % slots.length] ?? slots[0];
}

/** The people of each meeting: at least one, the rest by weight; what is left over goes to the largest. */
function shares(chosen: readonly Slot[], people: number): number[] {
  const rest = Math.max(0, people - chosen.length);
  const weights = chosen.reduce((sum, { weight }) => sum + weight, 0);
  const counts = chosen.map(({ weight }) => 1 + Math.floor((rest * weight) / weights));
  const byWeight = chosen
    .map(({ weight }, index) => ({ weight, index }))
    .toSorted((a, b) => b.weight - a.weight || a.index - b.index);
  let over = people - counts.reduce((sum, count) => sum + count, 0);
  while (over > 0) {
    for (const { index } of byWeight) {
      if (over > 0) counts[index] = (counts[index] ?? 0) + 1;
      over -= 1;
    }
  }
  return counts;
}
