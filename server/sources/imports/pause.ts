/** Other requests wait for about this long at most. */
const TURN_MS = 8;

/** Yields the same values, and lets other work run whenever that has taken longer than `TURN_MS`. */
export async function* pausing<T>(values: Iterable<T>): AsyncGenerator<T> {
  let since = performance.now();
  for (const value of values) {
    yield value;
    if (performance.now() - since < TURN_MS) continue;
    await new Promise(setImmediate);
    since = performance.now();
  }
}
