import { useSearchParams } from "next/navigation";
import { useCallback, useEffect, useRef, useState } from "react";
import { type Lens, readLens, writeLens } from "./lens-address.ts";

/** Browsers refuse an address that changes more often than about three times a second for long. */
const WRITE_EVERY_MS = 320;

export type ChangeLens = (change: Partial<Lens>) => void;

/**
 * How the meeting is looked at, begun from the address and written back to it, without asking the server:
 * a link, a reload and the way back show the same.
 */
export function useLens(): [Lens, ChangeLens] {
  const opened = useSearchParams();
  const [lens, setLens] = useState(() => readLens(opened?.toString() ?? ""));
  const change = useCallback<ChangeLens>(
    (change) => setLens((known) => ({ ...known, ...change })),
    [],
  );

  useEffect(() => {
    const goBack = () => setLens(readLens(window.location.search));
    window.addEventListener("popstate", goBack);
    return () => window.removeEventListener("popstate", goBack);
  }, []);

  const writtenAt = useRef(0);
  useEffect(() => {
    const write = () => {
      const { pathname, search, hash } = window.location;
      const query = writeLens(lens, search);
      if (query === search.slice(1)) return;
      writtenAt.current = Date.now();
      window.history.replaceState(null, "", `${pathname}${query && `?${query}`}${hash}`);
    };
    const wait = writtenAt.current + WRITE_EVERY_MS - Date.now();
    if (wait <= 0) {
      write();
      return undefined;
    }
    const timer = setTimeout(write, wait);
    return () => clearTimeout(timer);
  }, [lens]);

  return [lens, change];
}
