import type { Ms } from "./ms.ts";

/** The index of the first item that is reached, in a list where the others come first; else its length. */
export function firstIndex<One>(inOrder: readonly One[], isReached: (one: One) => boolean): number {
  let [from, to] = [0, inOrder.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    const one = inOrder[middle];
    if (one === undefined || isReached(one)) to = middle;
    else from = middle + 1;
  }
  return from;
}

/** The first item after a moment that fulfils the condition. They are in time order. */
export function firstAfter<One extends { at: Ms }>(
  inOrder: readonly One[],
  moment: Ms,
  isMeant: (one: One) => boolean,
): One | undefined {
  const from = firstIndex(inOrder, ({ at }) => at > moment);
  for (let at = from; at < inOrder.length; at += 1) {
    const one = inOrder[at];
    if (one !== undefined && isMeant(one)) return one;
  }
  return undefined;
}
