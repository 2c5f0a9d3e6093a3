import { isDeepStrictEqual } from "node:util";
import type { Database } from "#db/connection/client.ts";
import { countOpenAlerts, openAlerts } from "#db/desk/alerts/alerts.ts";
import type { Ms } from "#domain/time/ms.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { OnEveryScreen } from "#server/live/on-every-screen.ts";
import { shownAlert } from "./shown-alert.ts";

/** So many are on every screen; of others only how many there are. */
const MOST_SHOWN = 100;

/** The alerts that are not over, on every screen. */
export function openAlertsOnScreen(parts: {
  database: Database;
  now: () => Ms;
  log: { error: (about: object, message: string) => void };
}): OnEveryScreen<"alerts:changed"> {
  return new OnEveryScreen<"alerts:changed">({
    ...parts,
    read: async (reader, now) => {
      const [rows, count] = await Promise.all([
        openAlerts(reader, MOST_SHOWN),
        countOpenAlerts(reader),
      ]);
      const more = Math.max(0, count - rows.length);
      return { alerts: rows.map(shownAlert), more, as_of: toWireTime(now) };
    },
    isSame: (one, other) => one.more === other.more && isDeepStrictEqual(one.alerts, other.alerts),
    send: (to, open) => to.emit("alerts:changed", open),
  });
}
