import type { BrowserSettings, ClockChoices } from "#domain/viewer/viewer.ts";
import { calledToday } from "#domain/zones/known.ts";

type Settings = Omit<BrowserSettings, keyof ClockChoices>;

/**
 * This browser's zone, language, hours and first day of the week. Call it in the browser only. Hours and first day come
 * from `previous` while the language is the same: to open their tables takes a slow browser a quarter of a second.
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

/** Asks `Temporal` where there is one, as that opens no tables. */
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
