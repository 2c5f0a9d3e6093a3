import { AsyncLocalStorage } from "node:async_hooks";
import type { IncomingMessage } from "node:http";
import { isTimeZone } from "#domain/time/time-zone.ts";
import {
  chosenZone,
  decodeViewer,
  type LocaleSettings,
  NO_BROWSER_SETTINGS,
  VIEW_COOKIE,
  type Viewer,
} from "#domain/viewer/viewer.ts";
import { localeIn, localeSettingsOf } from "./manner.ts";
import { installationTimeZone, installationZone } from "./zone.ts";

/** Whoever a page is drawn for, and the zone that its address names. */
interface Looking extends Viewer {
  addressed: string | null;
}

/*
 * Of every page: read once, before Next is asked for it, and there for whatever it draws. Both instances of
 * every module in this process share it.
 */
const HOLDER = Symbol.for("rollcall.viewer");
const holder: typeof globalThis & { [HOLDER]?: AsyncLocalStorage<Looking> } = globalThis;

function looking(): AsyncLocalStorage<Looking> {
  holder[HOLDER] ??= new AsyncLocalStorage<Looking>();
  return holder[HOLDER];
}

/** How the components find the manner of the request that is drawn: `components/words/manner.ts`. */
const ASKED = Symbol.for("rollcall.manner");
const asked: typeof globalThis & { [ASKED]?: () => LocaleSettings | null } = globalThis;

/** Does what draws a page for whoever asks for it. */
export function drawnFor<T>(
  { url, headers }: Pick<IncomingMessage, "url" | "headers">,
  draw: () => T,
): T {
  asked[ASKED] ??= () => looking().getStore()?.manner ?? null;
  return looking().run(viewerIn(url ?? "/", headers), draw);
}

/** Whoever the page is drawn for; outside of pages somebody who says nothing. */
export function viewer(): Viewer {
  const {
    home,
    homeBy,
    said: browser,
    manner: localeSettings,
  } = looking().getStore() ?? stranger();
  return { home, homeBy, said: browser, manner: localeSettings };
}

/** The zone in which a page tells days and times: the one its address names, or else the chosen one. */
export function viewerZone(): string {
  const store = looking().getStore();
  return store === undefined ? installationTimeZone() : (store.addressed ?? chosenZone(store));
}

function viewerIn(url: string, headers: IncomingMessage["headers"]): Looking {
  const browser = decodeViewer(cookieIn(headers.cookie) ?? "");
  const locale = browser.locale ?? localeIn(headers["accept-language"]);
  const localeSettings = localeSettingsOf(locale ?? "");
  const tz = new URL(url, "http://page").searchParams.get("tz");
  return {
    ...ofHome(),
    said: browser,
    manner: {
      ...localeSettings,
      hours: browser.hours ?? localeSettings.hours,
      firstDay: browser.firstDay ?? localeSettings.firstDay,
    },
    addressed: tz !== null && isTimeZone(tz) ? tz : null,
  };
}

function stranger(): Viewer {
  return { ...ofHome(), said: NO_BROWSER_SETTINGS, manner: localeSettingsOf("") };
}

function ofHome(): Pick<Viewer, "home" | "homeBy"> {
  const { zone, by } = installationZone();
  return { home: zone, homeBy: by };
}

function cookieIn(cookies: string | undefined): string | null {
  for (const pair of (cookies ?? "").split(";")) {
    const at = pair.indexOf("=");
    if (pair.slice(0, at).trim() === VIEW_COOKIE) return pair.slice(at + 1).trim();
  }
  return null;
}
