/** Nobody else waits for longer than about this. */
const TURN_MS = 8;

/** The same values, with a turn for everybody else whenever going through them has taken a while. */
export async function* pausing<T>(values: Iterable<T>): AsyncGenerator<T> {
  let since = performance.now();
  for (const value of values) {
    yield value;
    if (performance.now() - since < TURN_MS) continue;
    await new Promise(setImmediate);
    since = performance.now();
  }
}
