import type { Ms } from "#domain/time/ms.ts";

/** A signal to a whole process group comes twice: directly, and passed on by the parent. */
const SAME_SIGNAL_MS: Ms = 1_000;

export interface Stops {
  /** Aborts with the first signal: what is under way is to be ended. */
  stop: AbortSignal;
  /** Aborts with one after that: nothing is waited for any more. */
  hurry: AbortSignal;
}

/** Does the work, which hears of Ctrl-C and SIGTERM meanwhile instead of being ended by them. */
export async function hearingSignals<T>(work: (stops: Stops) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const hurry = new AbortController();
  let first: number | null = null;
  const hear = () => {
    const now = performance.now();
    first ??= now;
    if (now - first > SAME_SIGNAL_MS) hurry.abort();
    else stop.abort();
  };
  process.on("SIGINT", hear);
  process.on("SIGTERM", hear);
  try {
    return await work({ stop: stop.signal, hurry: hurry.signal });
  } finally {
    process.off("SIGINT", hear);
    process.off("SIGTERM", hear);
  }
}
