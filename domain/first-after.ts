import type { Ms } from "./event.ts";

/** The first of some that lies after a moment and is meant. They are in time order. */
export function firstAfter<One extends { at: Ms }>(
  inOrder: readonly One[],
  moment: Ms,
  isMeant: (one: One) => boolean,
): One | undefined {
  let [from, to] = [0, inOrder.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((inOrder[middle]?.at ?? Infinity) > moment) to = middle;
    else from = middle + 1;
  }
  for (let at = from; at < inOrder.length; at += 1) {
    const one = inOrder[at];
    if (one !== undefined && isMeant(one)) return one;
  }
  return undefined;
}
