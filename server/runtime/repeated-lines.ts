import type { Ms } from "#domain/time/ms.ts";

/** What is said again and again is counted, and the count said this often. */
const COUNTED_EVERY_MS: Ms = 10_000;
/** Different lines that are counted at once. */
const MOST = 500;
/** What stands for all lines beyond those; no line itself. */
const REST = "";

/**
 * Tells of each line whether it is to be said now: the first time it is, and from then on `again` is called
 * every ten seconds with how often it came since, until it did not come any more. Of more different lines
 * than can be counted apart, only `beyond` hears how many there were.
 */
export function createRepeats(
  beyond: (count: number) => void,
): (line: string, again: (count: number) => void) => boolean {
  const counted = new Map<string, { count: number; again: (count: number) => void }>();
  const wait = (line: string) => {
    setTimeout(() => tell(line), COUNTED_EVERY_MS).unref();
  };
  const tell = (line: string) => {
    const known = counted.get(line);
    if (known === undefined) return;
    if (known.count === 0) {
      counted.delete(line);
      return;
    }
    known.again(known.count);
    known.count = 0;
    wait(line);
  };
  const begin = (line: string, again: (count: number) => void, count: number) => {
    counted.set(line, { count, again });
    wait(line);
  };
  return (given, again) => {
    const isOneTooMany = !counted.has(given) && counted.size >= MOST;
    const known = counted.get(isOneTooMany ? REST : given);
    if (known !== undefined) known.count += 1;
    else if (isOneTooMany) begin(REST, beyond, 1);
    else begin(given, again, 0);
    return known === undefined && !isOneTooMany;
  };
}
