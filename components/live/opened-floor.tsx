"use client";

import { createContext, type ReactNode, useMemo } from "react";
import type { Floor } from "#domain/wire.ts";
import { type KnownFloor, knowFloor } from "./known-floor.ts";
import { useLive } from "./live-provider.tsx";
import { useBrowserLayoutEffect } from "./use-browser-layout-effect.ts";

/** The floor a page was opened with, until the cache has more than the frame's totals. */
export const OpenedFloor = createContext<KnownFloor | null>(null);

/** Shows what is inside with the meetings that the server has read for this page. */
export function OpenedWithFloor({ floor, children }: { floor: Floor; children: ReactNode }) {
  const { cache } = useLive();
  const known = useMemo(() => knowFloor(floor), [floor]);
  useBrowserLayoutEffect(() => cache.hearFloor(floor), [cache, floor]);
  return <OpenedFloor value={known}>{children}</OpenedFloor>;
}
