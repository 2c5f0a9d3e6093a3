import { useSearchParams } from "next/navigation";
import { useCallback, useEffect, useState } from "react";
import { type Lens, readLens, writeLens } from "./lens-address.ts";

/** Written after this pause: browsers refuse an address that changes with every move of a pointer. */
const WRITE_AFTER_MS = 250;

export type ChangeLens = (change: Partial<Lens>) => void;

/**
 * The lens, read from the address and written back to it without asking the server: a link, a reload and the back
 * button show the same.
 */
export function useLens(): [Lens, ChangeLens] {
  const opened = useSearchParams();
  const [lens, setLens] = useState(() => readLens(opened?.toString() ?? ""));
  const change = useCallback<ChangeLens>(
    (change) => setLens((previous) => ({ ...previous, ...change })),
    [],
  );

  useEffect(() => {
    const goBack = () => setLens(readLens(window.location.search));
    window.addEventListener("popstate", goBack);
    return () => window.removeEventListener("popstate", goBack);
  }, []);

  useEffect(() => {
    const timer = setTimeout(() => {
      const { pathname, search, hash } = window.location;
      // An address with the same lens stays untouched: a link that was just followed may be on its way.
      if (writeLens(lens, "") === writeLens(readLens(search), "")) return;
      const query = writeLens(lens, search);
      window.history.replaceState(null, "", `${pathname}${query && `?${query}`}${hash}`);
    }, WRITE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [lens]);

  return [lens, change];
}
