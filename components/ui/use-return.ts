import { useEffect, useRef } from "react";

const EVERY_MS = 3_000;
const JITTER_MS = 2_000;
/** A page that fails again so soon is perhaps of another build than the server: then all of it is read anew. */
const SOON_MS = 30_000;

let triedAt = Number.NEGATIVE_INFINITY;

/**
 * Comes back by itself, for a screen that nobody touches: once the server says that it is well, what failed is
 * tried again, and where that failed too the whole page is read.
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
