import { useEffect } from "react";

/** Keeps the screen on while the page is looked at, where the browser can: it lets go whenever the page is hidden. */
export function useWakeLock(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | null = null;
    let isOver = false;
    const keep = async () => {
      if (document.visibilityState !== "visible" || (lock !== null && !lock.released)) return;
      try {
        const kept = await navigator.wakeLock.request("screen");
        if (isOver) await kept.release();
        else lock = kept;
      } catch {
        // An older browser has none, and one that saves its battery refuses.
      }
    };
    const again = () => void keep();
    void keep();
    document.addEventListener("visibilitychange", again);
    return () => {
      isOver = true;
      document.removeEventListener("visibilitychange", again);
      lock?.release().catch(() => undefined);
    };
  }, []);
}
