"use client";

import type { Standing } from "#components/live/freshness.ts";
import { useStanding } from "#components/live/use-standing.ts";
import { grouped } from "#components/words/count.ts";

const BEFORE: Record<Exclude<Standing["state"], "level">, string> = {
  reconnecting: "Reconnecting · ",
  stale: "Stale · ",
  halted: "Not recording · ",
};

/** What the tab is called. A page that may be out of date says so first, and counts nothing. */
export function PageTitle({ name, waiting = 0 }: { name: string; waiting?: number }) {
  const standing = useStanding();
  const counts = waiting > 0 ? `(${grouped(waiting)} waiting) ` : "";
  return <title>{`${standing === "level" ? counts : BEFORE[standing]}${name} · Rollcall`}</title>;
}
