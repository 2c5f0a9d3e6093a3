const AT_THE_LATEST_MS = 2_000;

/** Calls `act` once the browser is idle, and soon in any case. Returns a function that cancels it. */
export function whenIdle(act: () => void): () => void {
  // `requestIdleCallback` is not in every browser.
  if (typeof requestIdleCallback === "undefined") {
    const timer = setTimeout(act, 0);
    return () => clearTimeout(timer);
  }
  const idle = requestIdleCallback(act, { timeout: AT_THE_LATEST_MS });
  return () => cancelIdleCallback(idle);
}
