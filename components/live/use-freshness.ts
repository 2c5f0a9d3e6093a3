import { useSyncExternalStore } from "react";
import type { Ms } from "#domain/event.ts";
import type { Link } from "./link.ts";
import { useLive } from "./live-provider.tsx";
import { useNow } from "./use-now.ts";

/** What is shown is level with the server; catching up; or too old to trust. `since` of the loss. */
export type Freshness =
  | { state: "connecting" }
  | { state: "live" }
  | { state: "reconnecting" | "stale"; since: Ms };

const STALE_AFTER_MS = 15_000;

export function useFreshness(): Freshness {
  const { link } = useLive();
  const { state, since } = useSyncExternalStore(link.subscribe, link.get, link.get);
  const now = useNow();
  if (state !== "lost") return { state };
  return { state: isStale({ state, since }, now) ? "stale" : "reconnecting", since };
}

/** Whether the link has been lost for so long that what is shown is no longer to be believed. */
export function isStale({ state, since }: Link, now: Ms): boolean {
  return state === "lost" && now - since >= STALE_AFTER_MS;
}
