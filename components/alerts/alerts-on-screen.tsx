"use client";

import { useSyncExternalStore } from "react";
import { alertsHeard } from "#components/sync/alerts-heard.ts";
import { LazyPart, useLazyPart } from "#components/ui/lazy/part.ts";

const panel = new LazyPart(() => import("./alerts-panel.tsx").then((read) => read.AlertsPanel));

/** The alerts that call for somebody, over whichever screen is open; loaded once the first are pushed. */
export function AlertsOnScreen() {
  const isHeard = useSyncExternalStore(
    alertsHeard.subscribe,
    () => alertsHeard.get() !== null,
    () => false,
  );
  const { value: Panel } = useLazyPart(panel, isHeard);
  return Panel && <Panel />;
}
