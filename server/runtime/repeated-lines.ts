import type { Ms } from "#domain/time/ms.ts";

/** A repeated line is counted, and its count logged this often. */
const COUNTED_EVERY_MS: Ms = 10_000;
/** How many different lines are counted at once. */
const MOST = 500;
/** Stands for all lines beyond those; it is no line itself. */
const REST = "";

/**
 * Answers for each line whether it is to be logged now. It is at its first time; from then on `again` is called
 * every ten seconds with how often it came since, until it no longer comes. Lines beyond `MOST` different ones are
 * only counted together, for `beyond`.
 */
export function createRepeats(
  beyond: (count: number) => void,
): (line: string, again: (count: number) => void) => boolean {
  const counted = new Map<string, { count: number; again: (count: number) => void }>();
  const wait = (line: string) => {
    setTimeout(() => report(line), COUNTED_EVERY_MS).unref();
  };
  const report = (line: string) => {
    const entry = counted.get(line);
    if (entry === undefined) return;
    if (entry.count === 0) {
      counted.delete(line);
      return;
    }
    entry.again(entry.count);
    entry.count = 0;
    wait(line);
  };
  const begin = (line: string, again: (count: number) => void, count: number) => {
    counted.set(line, { count, again });
    wait(line);
  };
  return (given, again) => {
    const isOneTooMany = !counted.has(given) && counted.size >= MOST;
    const entry = counted.get(isOneTooMany ? REST : given);
    if (entry !== undefined) entry.count += 1;
    else if (isOneTooMany) begin(REST, beyond, 1);
    else begin(given, again, 0);
    return entry === undefined && !isOneTooMany;
  };
}
