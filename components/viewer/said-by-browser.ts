import type { BrowserSettings } from "#domain/viewer/viewer.ts";
import { calledToday } from "#domain/zones/known.ts";

type Settings = Omit<BrowserSettings, "choice">;

/**
 * What this browser says of its own zone, language and habits. Asked for in the browser only, and of the habits of a
 * language only once: to open the tables of them takes a slow one a quarter of a second.
 */
export function browserSettings(previous: Settings): Settings {
  const locale = navigator.language || null;
  const zone = ownZone();
  const own = zone === null ? null : calledToday(zone);
  const { hours, firstDay } = previous;
  if (locale === previous.locale && hours !== null) return { own, locale, hours, firstDay };
  const { hourCycle } = new Intl.DateTimeFormat(navigator.language, {
    hour: "numeric",
  }).resolvedOptions();
  return {
    own,
    locale,
    hours: hourCycle === "h11" || hourCycle === "h12" ? "h12" : "h23",
    firstDay: firstDayIn(navigator.language),
  };
}

/** Where there is `Temporal`, it knows without opening anything. */
function ownZone(): string | null {
  const temporal: unknown = Reflect.get(globalThis, "Temporal");
  const now: unknown = isObject(temporal) ? Reflect.get(temporal, "Now") : null;
  const ask: unknown = isObject(now) ? Reflect.get(now, "timeZoneId") : null;
  const zone: unknown = typeof ask === "function" ? ask.call(now) : null;
  if (typeof zone === "string" && zone !== "") return zone;
  return new Intl.DateTimeFormat().resolvedOptions().timeZone || null;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function firstDayIn(language: string): number | null {
  const locale = new Intl.Locale(language || "en");
  // Not in every browser: `getWeekInfo` in the standard, and before that `weekInfo`.
  const ask: unknown = Reflect.get(locale, "getWeekInfo");
  const info: unknown =
    typeof ask === "function" ? ask.call(locale) : Reflect.get(locale, "weekInfo");
  const day: unknown = typeof info === "object" && info !== null && Reflect.get(info, "firstDay");
  return typeof day === "number" ? day : null;
}
