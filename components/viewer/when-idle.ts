const AT_THE_LATEST_MS = 2_000;

/** Does something once the browser has nothing else to do, and soon in any case. Returns how to keep it from that. */
export function whenIdle(act: () => void): () => void {
  // Not in every browser.
  if (typeof requestIdleCallback === "undefined") {
    const timer = setTimeout(act, 0);
    return () => clearTimeout(timer);
  }
  const idle = requestIdleCallback(act, { timeout: AT_THE_LATEST_MS });
  return () => cancelIdleCallback(idle);
}
