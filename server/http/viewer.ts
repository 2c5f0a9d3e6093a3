import { AsyncLocalStorage } from "node:async_hooks";
import type { IncomingMessage } from "node:http";
import type { MemberSettings } from "#domain/access/member.ts";
import { isTimeZone } from "#domain/time/time-zone.ts";
import {
  choicesOf,
  chosenZone,
  decodeViewer,
  type LocaleSettings,
  mannerFor,
  NO_BROWSER_SETTINGS,
  VIEW_COOKIE,
  type Viewer,
} from "#domain/viewer/viewer.ts";
import type { Caller } from "./gate/caller.ts";
import { localeIn, localeSettingsOf } from "./locale-settings.ts";
import { installationTimeZone, installationZone } from "./zone.ts";

/** The viewer for whom a page is drawn, the zone that its address names, and who was admitted to it. */
interface PageViewer extends Viewer {
  addressed: string | null;
  caller: Caller | null;
}

/*
 * The viewer is read once for every page, before Next draws it, and is there for all that is drawn. Both instances
 * of every module in this process share it.
 */
const HOLDER = Symbol.for("rollcall.viewer");
const holder: typeof globalThis & { [HOLDER]?: AsyncLocalStorage<PageViewer> } = globalThis;

function viewerStorage(): AsyncLocalStorage<PageViewer> {
  holder[HOLDER] ??= new AsyncLocalStorage<PageViewer>();
  return holder[HOLDER];
}

/** By this the components find the locale settings of the request that is drawn: `components/words/locale-settings.ts`. */
const ASKED = Symbol.for("rollcall.manner");
const asked: typeof globalThis & { [ASKED]?: () => LocaleSettings | null } = globalThis;

/**
 * Draws a page for the viewer whom the head of its request describes, and who was admitted to it. What a member chose
 * counts in place of what was chosen in their browser.
 */
export function withViewer<T>(
  { url, headers }: Pick<IncomingMessage, "url" | "headers">,
  caller: Caller | null,
  draw: () => T,
): T {
  asked[ASKED] ??= () => viewerStorage().getStore()?.manner ?? null;
  return viewerStorage().run(
    { ...viewerIn(url ?? "/", headers, memberSettings(caller)), caller },
    draw,
  );
}

/** The viewer for whom the page is drawn; outside of pages one without any settings. */
export function viewer(): Viewer {
  const {
    home,
    homeBy,
    said: browser,
    manner: localeSettings,
  } = viewerStorage().getStore() ?? viewerWithoutSettings();
  return { home, homeBy, said: browser, manner: localeSettings };
}

/** The zone in which a page shows days and times: the one its address names, or else the chosen one. */
export function viewerZone(): string {
  const store = viewerStorage().getStore();
  return store === undefined ? installationTimeZone() : (store.addressed ?? chosenZone(store));
}

/**
 * Who was admitted to the page that is drawn. Throws where nobody was: nothing that is not everybody's may be read for
 * such a page.
 */
export function pageCaller(): Caller {
  const caller = callerOfPage();
  if (caller === null) throw new Error("nobody was admitted to what is drawn");
  return caller;
}

/** What the member chose for whom the page is drawn; `null` where it is for nobody who signed in. */
export function pageSettings(): MemberSettings | null {
  return memberSettings(callerOfPage());
}

/** Who was admitted to the page that is drawn; `null` for nobody. */
export function callerOfPage(): Caller | null {
  return viewerStorage().getStore()?.caller ?? null;
}

function memberSettings(caller: Caller | null): MemberSettings | null {
  return caller?.kind === "member" ? caller.settings : null;
}

function viewerIn(
  url: string,
  headers: IncomingMessage["headers"],
  settings: MemberSettings | null,
): Omit<PageViewer, "caller"> {
  const inBrowser = decodeViewer(cookieIn(headers.cookie) ?? "");
  const browser = settings === null ? inBrowser : { ...inBrowser, ...choicesOf(settings) };
  const locale = browser.locale ?? localeIn(headers["accept-language"]);
  const localeSettings = localeSettingsOf(locale ?? "");
  const tz = new URL(url, "http://page").searchParams.get("tz");
  return {
    ...ofHome(),
    said: browser,
    manner: mannerFor(browser, localeSettings),
    addressed: tz !== null && isTimeZone(tz) ? tz : null,
  };
}

function viewerWithoutSettings(): Viewer {
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
