"use client";

import { createContext, type ReactNode, useMemo } from "react";
import { unpack } from "#domain/packed.ts";
import type { Floor } from "#domain/wire.ts";
import { type KnownFloor, knowFloor } from "./known-floor.ts";
import { useLive } from "./live-provider.tsx";
import { useBrowserLayoutEffect } from "./use-browser-layout-effect.ts";

/** The floor a page was opened with, until the cache has more than the frame's totals. */
export const OpenedFloor = createContext<KnownFloor | null>(null);

/** Shows what is inside with the meetings that the server has read for this page, and packed. */
export function OpenedWithFloor({ packed, children }: { packed: string; children: ReactNode }) {
  const { cache } = useLive();
  const floor: Floor = useMemo(() => unpack(packed), [packed]);
  const known = useMemo(() => knowFloor(floor), [floor]);
  useBrowserLayoutEffect(() => cache.hearFloor(floor), [cache, floor]);
  return <OpenedFloor value={known}>{children}</OpenedFloor>;
}
