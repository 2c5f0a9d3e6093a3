import type { Ms } from "#domain/time/ms.ts";

/** A signal to a whole process group comes twice: directly, and passed on by the parent. */
const SAME_SIGNAL_MS: Ms = 1_000;

export interface Stops {
  /** Aborts with the first signal: work in progress is to be ended. */
  stop: AbortSignal;
  /** Aborts with a later signal: nothing is awaited any more. */
  hurry: AbortSignal;
}

/** Runs the work, and passes Ctrl-C and SIGTERM to it as aborts instead of ending the process. */
export async function withSignals<T>(work: (stops: Stops) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const hurry = new AbortController();
  let first: number | null = null;
  const onSignal = () => {
    const now = performance.now();
    first ??= now;
    if (now - first > SAME_SIGNAL_MS) hurry.abort();
    else stop.abort();
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  try {
    return await work({ stop: stop.signal, hurry: hurry.signal });
  } finally {
    process.off("SIGINT", onSignal);
    process.off("SIGTERM", onSignal);
  }
}
