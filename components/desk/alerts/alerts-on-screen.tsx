"use client";

import { useSyncExternalStore } from "react";
import { alertsHeard } from "#components/sync/heard.ts";
import { totalsNow } from "#components/sync/live-state.ts";
import { useLive } from "#components/sync/use-live.ts";
import { LazyPart, useLazyPart } from "#components/ui/lazy/part.ts";
import { useSound } from "./sound.ts";

const panel = new LazyPart(() => import("./alerts-panel.tsx").then((read) => read.AlertsPanel));
const badge = new LazyPart(() => import("./icon-badge.ts").then((read) => read.IconBadge));

/**
 * What calls for somebody, on every screen: alerts and their sound, and on the icon how many wait. Each is loaded once
 * there is something to say.
 */
export function AlertsOnScreen() {
  const isAny = useSyncExternalStore(alertsHeard.subscribe, alertsHeard.isAny, () => false);
  const waiting = useLive((live) => totalsNow(live).waiting);
  const isSounding = useSound() !== "off";
  const { value: Panel } = useLazyPart(panel, isAny || isSounding);
  const { value: IconBadge } = useLazyPart(badge, waiting > 0);
  return (
    <>
      {IconBadge && <IconBadge count={waiting} />}
      {Panel && <Panel />}
    </>
  );
}
