"use client";

import { BellRing, ChevronDown } from "lucide-react";
import { usePathname } from "next/navigation";
import { useEffect, useState } from "react";
import { totalsNow } from "#components/sync/live-state.ts";
import { useLive } from "#components/sync/use-live.ts";
import { useNow } from "#components/sync/use-now.ts";
import { Button } from "#components/ui/button.tsx";
import { Link } from "#components/ui/link.tsx";
import { counted } from "#components/words/count.ts";
import type { OpenAlerts, WireAlert } from "#domain/desk/alerts/wire.ts";
import type { Ms } from "#domain/time/ms.ts";
import { fromWireTime } from "#domain/time/wire-time.ts";
import { AlertLine } from "./alert-line.tsx";
import { useSound } from "./sound.ts";
import { callOf, useAlarm } from "./use-alarm.ts";
import { useOpenAlerts } from "./use-open-alerts.ts";

const MOST_SHOWN = 3;
/** Who acknowledged an alert stands so long on every screen. */
const TOLD_MS: Ms = 20_000;

/** The alerts that call for somebody, and their sound. */
export function AlertsPanel() {
  const open = useOpenAlerts();
  const waiting = useLive((live) => totalsNow(live).waiting);
  const sound = useSound();
  const ringing = (open?.alerts ?? []).filter(({ state }) => state === "raised");
  const isUrgent = ringing.some(({ urgent }) => urgent);
  const call = callOf(sound, { rings: ringing.length > 0, isUrgent, waiting });
  const isSilenced = useAlarm(sound, call);
  const isOnPage = usePathname() === "/alerts";
  if (open === null || isOnPage) return null;
  return <Panel open={open} ringing={ringing} isSilenced={isSilenced && call !== null} />;
}

function Panel({
  open,
  ringing,
  isSilenced,
}: {
  open: OpenAlerts;
  ringing: readonly WireAlert[];
  isSilenced: boolean;
}) {
  const now = useNow(5_000);
  /** What was folded away, by what rang then: what rings later unfolds it. */
  const [folded, setFolded] = useState<string | null>(null);
  const names = ringing.map(({ id, rings }) => `${id} ${rings}`).join();
  const isFolded = folded === names;
  useEffect(() => {
    if (folded !== null && folded !== names) setFolded(null);
  }, [folded, names]);
  const told = open.alerts.filter(
    ({ state, acknowledged_at: at }) =>
      state === "acknowledged" && at !== null && now - fromWireTime(at) < TOLD_MS,
  );
  const shown = [...ringing, ...told].slice(0, MOST_SHOWN);
  const others = ringing.length + told.length - shown.length;
  return (
    <section
      aria-label="Alerts"
      aria-live="polite"
      className="fixed right-4 bottom-4 z-40 w-96 max-w-[calc(100vw-2rem)] print:hidden"
    >
      {shown.length > 0 && (
        <div className="rounded-card border border-lost bg-surface shadow-popup">
          <header className="flex items-center gap-2 px-3.5 py-2">
            <BellRing aria-hidden className="size-4 flex-none text-lost-ink" />
            <Link href="/alerts" className="font-semibold text-dense hover:underline">
              {ringing.length > 0 ? counted(ringing.length, "alert", "alerts") : "Acknowledged"}
            </Link>
            <Button
              look="sign"
              className="ml-auto"
              aria-expanded={!isFolded}
              onClick={() => setFolded(isFolded ? null : names)}
            >
              <ChevronDown aria-hidden className={`size-4 ${isFolded ? "rotate-180" : ""}`} />
              <span className="sr-only">{isFolded ? "Show the alerts" : "Fold the alerts"}</span>
            </Button>
          </header>
          {!isFolded && (
            <ul className="max-h-[50dvh] divide-y divide-line overflow-y-auto border-line border-t">
              {shown.map((alert) => (
                <li key={alert.id} className="px-3.5 py-2.5">
                  <AlertLine alert={alert} />
                </li>
              ))}
              {others > 0 && (
                <li className="px-3.5 py-2 text-note text-ink-2">
                  <Link href="/alerts" className="underline underline-offset-2">
                    and {counted(others, "other", "others")}
                  </Link>
                </li>
              )}
            </ul>
          )}
          {isSilenced && (
            <p className="border-line border-t px-3.5 py-1.5 text-caption text-ink-2">
              Click anywhere to hear it: browsers play no sound before.
            </p>
          )}
        </div>
      )}
    </section>
  );
}
