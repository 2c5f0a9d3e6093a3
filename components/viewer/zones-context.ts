"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { createContext, use, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { sentZoneOffsets } from "#components/words/zone-offsets-sent.ts";
import { isTimeZone } from "#domain/time/time-zone.ts";
import {
  type BrowserSettings,
  type ClockChoices,
  chosenZone,
  encodeViewer,
  type Hours,
  NO_BROWSER_SETTINGS,
  VIEW_COOKIE,
  type Viewer,
  type ZoneChoice,
} from "#domain/viewer/viewer.ts";
import { browserSettings } from "./browser-settings.ts";
import { useOwnSettings } from "./own-settings.tsx";
import { whenIdle } from "./when-idle.ts";

/** The zone of all times on a page, and the zones it was chosen from. */
export interface Zones {
  /** The zone of the page: the one that the address names, or else the chosen one. */
  shown: string;
  /** The installation's. */
  home: string;
  homeBy: Viewer["homeBy"];
  /** This browser's own; `null` until it is known. */
  own: string | null;
  choice: ZoneChoice;
  /** The zone that it stands for. */
  chosen: string;
  /** What was chosen of clocks and weeks; `null` for what this browser reports. */
  clock: Hours | null;
  week: number | null;
  /** The address names another zone than the chosen one: the reader was sent a link. */
  isLinked: boolean;
  /** Chooses for all screens. `go` changes the address where the caller changes it at the same time. */
  choose(choice: ZoneChoice, go?: (change: { tz: string | null }) => void): void;
  /** Chooses the clock or the first day of the week, for all screens. */
  chooseClock(change: Partial<Pick<ClockChoices, "clock" | "week">>): void;
}

export const ZonesContext = createContext<Zones | null>(null);

/** The zone that every link carries. Apart from `Zones`, so that a page's hundred links are rendered less often. */
export const LinkedZoneContext = createContext<string | null>(null);

/** The zone that links must name, so that another screen shows the same one; `null`: it would do so anyway. */
export function zoneOfLinks({ shown, home, isLinked }: Zones): string | null {
  return isLinked || shown !== home ? shown : null;
}

export function useZonesShown(): Zones {
  const zones = use(ZonesContext);
  if (zones === null) throw new Error("useZonesShown is for what stands inside a LiveProvider");
  return zones;
}

const YEAR_S = 31_536_000;
/** Zones that were chosen in this tab: an older page of the tab that names one of them is no link from elsewhere. */
const chosenHere = new Set<string>();

/** The zones of a page for its reader. The zone is put into the address where another reader would see other times. */
export function useZones(viewer: Viewer | null, homeOtherwise: string): Zones {
  const router = useRouter();
  const pathname = usePathname() ?? "/";
  const query = useSearchParams()?.toString() ?? "";
  const [browser, setBrowser] = useState<BrowserSettings>(viewer?.said ?? NO_BROWSER_SETTINGS);
  const home = viewer?.home ?? homeOtherwise;
  const homeBy = viewer?.homeBy ?? "server";
  const chosen = chosenZone({ home, said: browser });
  const addressed = addressedIn(query);
  const isOutdated = addressed !== null && addressed !== chosen && chosenHere.has(addressed);
  const shown = isOutdated ? chosen : (addressed ?? chosen);

  // When idle: no rendering waits for it, and to ask takes a slow browser a quarter of a second.
  useEffect(
    () =>
      whenIdle(() => {
        const now = { ...browser, ...browserSettings(browser) };
        if (encodeViewer(now) === encodeViewer(browser)) return;
        remember(now);
        setBrowser(now);
      }),
    [browser],
  );

  // The zone that was chosen just now, while the address with it is on its way.
  const underWay = useRef<string | null>(null);
  useEffect(() => {
    if (addressed === chosen) underWay.current = null;
    if (underWay.current === chosen) return;
    chosenHere.add(chosen);
    const params = new URLSearchParams(query);
    if (isOutdated) {
      params.set("tz", chosen);
      router.replace(`${pathname}?${params}`, { scroll: false });
    } else if (addressed === null && (chosen !== home || namesDays(params))) {
      params.set("tz", chosen);
      const { hash } = window.location;
      window.history.replaceState(window.history.state, "", `${pathname}?${params}${hash}`);
    }
  }, [pathname, query, addressed, chosen, home, isOutdated, router]);

  const { keep } = useOwnSettings();
  const choose = useCallback(
    (choice: ZoneChoice, go?: (change: { tz: string | null }) => void) => {
      const show = () => {
        const now = { ...browser, choice, ...browserSettings(browser) };
        remember(now);
        setBrowser(now);
        const next = chosenZone({ home, said: now });
        chosenHere.add(next);
        const params = new URLSearchParams(query);
        const tz = next === home && !namesDays(params) ? null : next;
        if (params.get("tz") === tz) return router.refresh();
        if (tz !== null) underWay.current = tz;
        if (go !== undefined) return go({ tz });
        // A list's cursor belongs to the old zone.
        params.delete("cursor");
        if (tz === null) params.delete("tz");
        else params.set("tz", tz);
        router.replace(params.size === 0 ? pathname : `${pathname}?${params}`, { scroll: false });
      };
      // The server draws the page by it, so it has to know it first.
      keep({ time_zone: choice === "home" ? null : choice }, show);
    },
    [browser, home, query, pathname, router, keep],
  );

  const chooseClock = useCallback(
    (change: Partial<Pick<ClockChoices, "clock" | "week">>) => {
      const { clock, week } = change;
      const chosen = {
        ...(clock !== undefined && { hour_cycle: clock }),
        ...(week !== undefined && { first_day: week }),
      };
      keep(chosen, () => {
        const now = { ...browser, ...change, ...browserSettings(browser) };
        remember(now);
        setBrowser(now);
        router.refresh();
      });
    },
    [browser, router, keep],
  );

  return useMemo(
    () => ({
      shown,
      home,
      homeBy,
      own: browser.own,
      choice: browser.choice,
      chosen,
      clock: browser.clock,
      week: browser.week,
      isLinked: shown !== chosen,
      choose,
      chooseClock,
    }),
    [shown, home, homeBy, browser, chosen, choose, chooseClock],
  );
}

function addressedIn(query: string): string | null {
  const tz = new URLSearchParams(query).get("tz");
  return tz !== null && (sentZoneOffsets(tz) !== null || isTimeZone(tz)) ? tz : null;
}

/** Days in an address need a zone: without it they would be other hours for another reader. */
function namesDays(params: URLSearchParams): boolean {
  return params.has("from") || params.has("to");
}

function remember(browser: BrowserSettings): void {
  const tls = location.protocol === "https:" ? "; Secure" : "";
  // biome-ignore lint/suspicious/noDocumentCookie: the server reads it, and cookieStore is not in every browser.
  document.cookie = `${VIEW_COOKIE}=${encodeViewer(browser)}; Path=/; Max-Age=${YEAR_S}; SameSite=Lax${tls}`;
}

/** The choice that a zone stands for: the installation's or this browser's own are followed when they change. */
export function choiceOf(zone: string, { home, own }: Pick<Zones, "home" | "own">): ZoneChoice {
  if (zone === home) return "home";
  return zone === own ? "browser" : zone;
}
