"use client";

import { useTrust } from "#components/sync/use-trust.ts";

/** Marks the elements after it while their running durations stand (`app/globals.css`). */
export function Standstill() {
  const standing = useTrust();
  return standing === "level" ? null : <span hidden data-standstill={standing} />;
}
