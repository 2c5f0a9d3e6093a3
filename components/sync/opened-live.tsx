"use client";

import { createContext, type ReactNode, useMemo } from "react";
import { unpack } from "#domain/live/packed.ts";
import type { LiveSnapshot } from "#domain/live/wire.ts";
import { useLiveParts } from "./live-provider.tsx";
import { type LiveState, liveStateOf } from "./live-state.ts";
import { useBrowserLayoutEffect } from "./use-browser-layout-effect.ts";

/** The live state a page was opened with, used until the cache has more than the frame's totals. */
export const OpenedLive = createContext<LiveState | null>(null);

/** Gives `children` the meetings that the server read for this page. `packed` is a packed `LiveSnapshot`. */
export function OpenedWithLive({ packed, children }: { packed: string; children: ReactNode }) {
  const { cache } = useLiveParts();
  const live: LiveSnapshot = useMemo(() => unpack(packed), [packed]);
  const state = useMemo(() => liveStateOf(live), [live]);
  useBrowserLayoutEffect(() => cache.applySnapshot(live), [cache, live]);
  return <OpenedLive value={state}>{children}</OpenedLive>;
}
