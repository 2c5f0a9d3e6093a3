import { useMemo, useSyncExternalStore } from "react";
import { alertsHeard } from "#components/sync/heard.ts";
import type { OpenAlerts } from "#domain/desk/alerts/wire.ts";
import { isOpenAlerts } from "#domain/live/alerts-reading.ts";

/** The alerts that are not over, as they were pushed last; `null` until then, or where that cannot be read. */
export function useOpenAlerts(): OpenAlerts | null {
  const sent = useSyncExternalStore(alertsHeard.subscribe, alertsHeard.get, () => null);
  return useMemo(() => (isOpenAlerts(sent) ? sent : null), [sent]);
}
