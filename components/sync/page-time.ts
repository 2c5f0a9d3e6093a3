import { createContext, use } from "react";
import type { Ms } from "#domain/time/ms.ts";
import type { ServerClock } from "./clock.ts";
import type { ConnectionStatusStore } from "./connection-status.ts";
import type { UpToDateTime } from "./up-to-date-time.ts";

/** By what a page knows which time it is, and whether it is up to date: all that its durations and clocks need. */
export interface PageTime {
  clock: ServerClock;
  link: ConnectionStatusStore;
  /** The time by which running durations are shown. */
  time: UpToDateTime;
  /** The server's time as the page was opened; server and browser render the first time by it. */
  openedAt: Ms;
  /** The zone of the days and times on this screen. */
  timeZone: string;
}

export const PageTimeContext = createContext<PageTime | null>(null);

export function usePageTime(): PageTime {
  const time = use(PageTimeContext);
  if (time === null) throw new Error("usePageTime is for what stands inside a page with a time");
  return time;
}
