import { useEffect, useRef } from "react";

const EVERY_MS = 3_000;
const JITTER_MS = 2_000;
/** A page that fails again within this time is perhaps of another build than the server: then it is reloaded. */
const SOON_MS = 30_000;

let triedAt = Number.NEGATIVE_INFINITY;

/**
 * Recovers a failed screen without a click, as on a display on a wall: once the server reports that it is well, `retry`
 * is called, and where that failed too, the whole page is loaded again.
 */
export function useReturn(retry: () => void): void {
  const latest = useRef(retry);
  useEffect(() => {
    latest.current = retry;
  }, [retry]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const look = async () => {
      if (!(await isWell())) return lookSoon();
      const isAgain = performance.now() - triedAt < SOON_MS;
      triedAt = performance.now();
      if (isAgain) window.location.reload();
      else latest.current();
      return undefined;
    };
    const lookSoon = () => {
      timer = setTimeout(() => void look(), EVERY_MS + Math.random() * JITTER_MS);
    };
    lookSoon();
    return () => clearTimeout(timer);
  }, []);
}

async function isWell(): Promise<boolean> {
  try {
    return (await fetch("/api/health", { cache: "no-store" })).ok;
  } catch {
    return false;
  }
}
