import type { Said } from "#domain/viewer.ts";

/** What this browser says of its own zone, language and habits. Asked for in the browser only. */
export function saidByBrowser(): Omit<Said, "choice"> {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  const { hourCycle } = new Intl.DateTimeFormat(navigator.language, {
    hour: "numeric",
  }).resolvedOptions();
  return {
    own: timeZone || null,
    locale: navigator.language || null,
    hours: hourCycle === "h11" || hourCycle === "h12" ? "h12" : "h23",
    firstDay: firstDayIn(navigator.language),
  };
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
