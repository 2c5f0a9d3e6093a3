"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useCallback, useEffect, useMemo, useRef, useTransition } from "react";

/** Parameters of a query and their new values; `null` removes a parameter. */
export type AddressChange = Record<string, string | null>;

interface Navigation {
  preventDefault(): void;
}

/** The address of a screen: every choice of the reader is in it. */
export interface Address {
  /** The address after a change, at the first page of a list. */
  href(change: AddressChange): string;
  /** The same for a link that replaces the current address; it undoes no change that is still on its way. */
  link(change: AddressChange): { href: string; onNavigate: (event: Navigation) => void };
  /** Goes to the address after a change, replacing the current one. */
  go(change: AddressChange): void;
  /** Writes a change that the server need not answer; the page of a list stays. */
  note(change: AddressChange): void;
  /** Whether a change is still on its way. */
  isPending: boolean;
}

export function useAddress(): Address {
  const router = useRouter();
  const pathname = usePathname() ?? "/";
  const query = useSearchParams()?.toString() ?? "";
  const [isPending, startTransition] = useTransition();
  // Of two changes in a row, the second must not undo the first, which is still on its way.
  const latest = useRef(query);
  useEffect(() => {
    latest.current = query;
  }, [query]);
  const href = useCallback(
    (change: AddressChange) => pathname + changedQuery(query, change),
    [pathname, query],
  );
  const go = useCallback(
    (change: AddressChange) => {
      const next = changedQuery(latest.current, change);
      latest.current = next.slice(1);
      startTransition(() => router.replace(pathname + next, { scroll: false }));
    },
    [router, pathname],
  );
  const link = useCallback(
    (change: AddressChange) => ({
      href: href(change),
      onNavigate: (event: Navigation) => {
        event.preventDefault();
        go(change);
      },
    }),
    [href, go],
  );
  const note = useCallback(
    (change: AddressChange) => {
      const next = changedQuery(latest.current, change, false);
      latest.current = next.slice(1);
      window.history.replaceState(null, "", pathname + next);
    },
    [pathname],
  );
  return useMemo(() => ({ href, link, go, note, isPending }), [href, link, go, note, isPending]);
}

/** A query after a change, with its question mark if it is not empty; `fromFirst` goes back to the first page. */
export function changedQuery(query: string, change: AddressChange, fromFirst = true): string {
  const params = new URLSearchParams(query);
  if (fromFirst) params.delete("cursor");
  for (const [name, value] of Object.entries(change)) {
    if (value === null || value === "") params.delete(name);
    else params.set(name, value);
  }
  return params.size === 0 ? "" : `?${params}`;
}
