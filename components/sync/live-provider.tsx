"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { createContext, type ReactNode, use, useEffect, useMemo, useRef, useState } from "react";
import {
  LinkedZoneContext,
  useZones,
  ZonesContext,
  zoneOfLinks,
} from "#components/viewer/zones-context.ts";
import type { LiveSnapshot } from "#domain/live/wire.ts";
import type { ProviderWords } from "#domain/sources/provider-words.ts";
import { fromWireTime } from "#domain/time/wire-time.ts";
import type { Viewer } from "#domain/viewer/viewer.ts";
import { LiveCache } from "./cache.ts";
import { ServerClock } from "./clock.ts";
import { LiveConnection } from "./connection.ts";
import { ConnectionStatusStore } from "./connection-status.ts";
import { ConnectionStore } from "./connection-store.ts";
import { type OpenSocket, openSocket } from "./live-socket.ts";
import { type PageTime, PageTimeContext } from "./page-time.ts";
import { RecordingStore } from "./recording-store.ts";
import { UpToDateTime } from "./up-to-date-time.ts";
import { useBrowserLayoutEffect } from "./use-browser-layout-effect.ts";

export interface LiveParts extends PageTime {
  cache: LiveCache;
  recording: RecordingStore;
  connection: ConnectionStore;
  /** The public address of this installation; `null` where there is none. */
  publicUrl: string | null;
  /** What people read of the providers that can be connected. */
  providers: readonly ProviderWords[];
}

const LiveContext = createContext<LiveParts | null>(null);

/** Gives everything below the live state, starting from the snapshot that the server read. */
export function LiveProvider({
  floor: snapshot,
  viewer,
  publicUrl = null,
  providers,
  open = openSocket,
  children,
}: {
  floor: LiveSnapshot;
  viewer?: Viewer;
  publicUrl?: string | null;
  providers: readonly ProviderWords[];
  open?: OpenSocket;
  children: ReactNode;
}) {
  const router = useRouter();
  const [parts] = useState(() => {
    const openedAt = fromWireTime(snapshot.as_of);
    const clock = new ServerClock(openedAt);
    const link = new ConnectionStatusStore();
    const recording = new RecordingStore(snapshot.recording);
    return {
      cache: new LiveCache(snapshot),
      clock,
      link,
      recording,
      time: new UpToDateTime(clock, link, recording),
      connection: new ConnectionStore(),
      openedAt,
      providers,
    };
  });

  const zones = useZones(viewer ?? null, snapshot.time_zone);
  const shown = useRef(zones.shown);

  // Before the rest of the page is taken over: the server reads meanwhile.
  useBrowserLayoutEffect(() => {
    const opened = new LiveConnection(open, {
      ...parts,
      timeZone: () => shown.current,
      onRefused: () => router.refresh(),
      onOutdated: () => parts.connection.setOutdated(),
      onGone: () => router.refresh(),
    });
    parts.connection.set(opened);
    return () => {
      parts.connection.set(null);
      opened.close();
    };
  }, [parts, open, router]);

  useEffect(() => {
    if (shown.current === zones.shown) return;
    shown.current = zones.shown;
    parts.connection.get()?.readAgain();
  }, [zones.shown, parts]);

  useEffect(() => {
    parts.clock.adjust(fromWireTime(snapshot.as_of));
    parts.cache.applySnapshot(snapshot);
    parts.recording.store(snapshot.recording);
  }, [parts, snapshot]);

  // Nearly every component reads it: a new object would render the whole page again.
  const live = useMemo(
    () => ({ ...parts, publicUrl, timeZone: zones.shown }),
    [parts, publicUrl, zones.shown],
  );
  return (
    <ZonesContext value={zones}>
      <LinkedZoneContext value={zoneOfLinks(zones)}>
        <LiveContext value={live}>
          <PageTimeContext value={live}>
            <QueryClientProvider client={parts.cache.client}>{children}</QueryClientProvider>
          </PageTimeContext>
        </LiveContext>
      </LinkedZoneContext>
    </ZonesContext>
  );
}

export function useLiveParts(): LiveParts {
  const live = use(LiveContext);
  if (live === null) throw new Error("useLive is for what stands inside a LiveProvider");
  return live;
}
