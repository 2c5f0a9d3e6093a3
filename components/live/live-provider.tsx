"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { createContext, type ReactNode, use, useEffect, useRef, useState } from "react";
import { useZones, ZonesContext } from "#components/viewer/zones-context.ts";
import type { Viewer } from "#domain/viewer.ts";
import { type Floor, fromWireTime } from "#domain/wire.ts";
import { LiveCache } from "./cache.ts";
import { Clock } from "./clock.ts";
import { Connection } from "./connection.ts";
import { LinkStore } from "./link.ts";
import { type OpenSocket, openSocket } from "./live-socket.ts";
import { RecordingStore } from "./recording-store.ts";

export interface Live {
  cache: LiveCache;
  clock: Clock;
  link: LinkStore;
  recording: RecordingStore;
  /** `null` on the server, and until the browser has begun to connect. */
  connection: Connection | null;
  /** The server's time as the page was opened; what the first drawing must agree on. */
  openedAt: number;
  /** The address at which others reach what is published; `null` where they do not. */
  publicUrl: string | null;
  /** In which zone days and times are told here. */
  timeZone: string;
}

export const LiveContext = createContext<Live | null>(null);

/** Everything below sees the live floor, starting from what the server has read. */
export function LiveProvider({
  floor,
  viewer,
  publicUrl = null,
  open = openSocket,
  children,
}: {
  floor: Floor;
  viewer?: Viewer;
  publicUrl?: string | null;
  open?: OpenSocket;
  children: ReactNode;
}) {
  const router = useRouter();
  const [parts] = useState(() => ({
    cache: new LiveCache(floor),
    clock: new Clock(fromWireTime(floor.as_of)),
    link: new LinkStore(),
    recording: new RecordingStore(floor.recording),
    openedAt: fromWireTime(floor.as_of),
  }));
  const [connection, setConnection] = useState<Connection | null>(null);

  const zones = useZones(viewer ?? null, floor.time_zone);
  const shown = useRef(zones.shown);

  useEffect(() => {
    const opened = new Connection(open, {
      ...parts,
      timeZone: () => shown.current,
      onRefused: () => router.refresh(),
      onGone: () => router.refresh(),
    });
    setConnection(opened);
    return () => opened.close();
  }, [parts, open, router]);

  useEffect(() => {
    if (shown.current === zones.shown) return;
    shown.current = zones.shown;
    connection?.retell();
  }, [zones.shown, connection]);

  useEffect(() => {
    parts.clock.hear(fromWireTime(floor.as_of));
    parts.cache.hearFloor(floor);
    parts.recording.hear(floor.recording);
  }, [parts, floor]);

  return (
    <ZonesContext value={zones}>
      <LiveContext value={{ ...parts, connection, publicUrl, timeZone: zones.shown }}>
        <QueryClientProvider client={parts.cache.client}>{children}</QueryClientProvider>
      </LiveContext>
    </ZonesContext>
  );
}

export function useLive(): Live {
  const live = use(LiveContext);
  if (live === null) throw new Error("useLive is for what stands inside a LiveProvider");
  return live;
}
