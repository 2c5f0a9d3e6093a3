"use client";

import type { Trust } from "#components/sync/freshness.ts";
import { useTrust } from "#components/sync/use-trust.ts";
import { grouped } from "#components/words/count.ts";

const BEFORE: Record<Exclude<Trust["state"], "level">, string> = {
  reconnecting: "Reconnecting · ",
  stale: "Stale · ",
  halted: "Not recording · ",
};

/** The title of the browser tab. A page that may be out of date says so first, and shows no count. */
export function PageTitle({ name, waiting = 0 }: { name: string; waiting?: number }) {
  const standing = useTrust();
  const counts = waiting > 0 ? `(${grouped(waiting)} waiting) ` : "";
  return <title>{`${standing === "level" ? counts : BEFORE[standing]}${name} · Rollcall`}</title>;
}
