"use client";

import { useTrust } from "#components/sync/use-trust.ts";

/** Marks what stands after it, for as long as its clocks stand (`app/globals.css`). */
export function Standstill() {
  const standing = useTrust();
  return standing === "level" ? null : <span hidden data-standstill={standing} />;
}
