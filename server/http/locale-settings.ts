import { type Hours, type LocaleSettings, PLAIN } from "#domain/viewer/viewer.ts";

const MOST_CACHED = 200;
const cache = new Map<string, LocaleSettings>();

/** How people of a locale read numbers, clocks and weeks. Digits are always Latin, because our words are English. */
export function localeSettingsOf(locale: string): LocaleSettings {
  const cached = cache.get(locale);
  if (cached !== undefined) return cached;
  const settings = read(locale);
  if (cache.size >= MOST_CACHED) cache.clear();
  cache.set(locale, settings);
  return settings;
}

/** The first language of an `Accept-Language` header that is supported; `null` where none is. */
export function localeIn(header: string | null | undefined): string | null {
  for (const part of (header ?? "").slice(0, 400).split(",")) {
    const tag = part.split(";")[0]?.trim() ?? "";
    if (localeOf(tag) !== null) return tag;
  }
  return null;
}

function localeOf(tag: string): Intl.Locale | null {
  if (!/^[A-Za-z][A-Za-z0-9-]{1,34}$/.test(tag)) return null;
  try {
    const locale = new Intl.Locale(tag, { numberingSystem: "latn" });
    return Intl.NumberFormat.supportedLocalesOf(locale).length > 0 ? locale : null;
  } catch {
    return null;
  }
}

function read(tag: string): LocaleSettings {
  const locale = localeOf(tag);
  if (locale === null) return PLAIN;
  const numbers = new Intl.NumberFormat(locale, { minimumFractionDigits: 1 });
  const parts = numbers.formatToParts(1_234_567.5);
  const digits = parts.filter(({ type }) => type === "integer").map(({ value }) => value.length);
  const partOf = (type: string, otherwise: string) =>
    bare(parts.find((part) => part.type === type)?.value ?? otherwise);
  const small = numbers.formatToParts(1_234.5);
  return {
    group: partOf("group", PLAIN.group),
    decimal: partOf("decimal", PLAIN.decimal),
    sizes: [digits.at(-1) ?? 3, digits.at(-2) ?? 3],
    least: small.some(({ type }) => type === "group") ? 1 : 2,
    percent: percentIn(locale),
    hours: hoursIn(locale),
    firstDay: firstDayIn(locale),
  };
}

function percentIn(locale: Intl.Locale): string {
  const parts = new Intl.NumberFormat(locale, { style: "percent" }).formatToParts(0.5);
  const ours: Partial<Record<string, string>> = { integer: "{}", percentSign: "%" };
  return bare(parts.map(({ type, value }) => ours[type] ?? value).join(""));
}

function hoursIn(locale: Intl.Locale): Hours {
  const { hourCycle } = new Intl.DateTimeFormat(locale, { hour: "numeric" }).resolvedOptions();
  return hourCycle === "h11" || hourCycle === "h12" ? "h12" : "h23";
}

/** TypeScript does not know it yet: `getWeekInfo` in the standard, and before that `weekInfo`. */
function firstDayIn(locale: Intl.Locale): number {
  const ask: unknown = Reflect.get(locale, "getWeekInfo");
  const info: unknown =
    typeof ask === "function" ? ask.call(locale) : Reflect.get(locale, "weekInfo");
  const day: unknown = typeof info === "object" && info !== null && Reflect.get(info, "firstDay");
  return typeof day === "number" && day >= 1 && day <= 7 ? day : PLAIN.firstDay;
}

/** Without marks of the writing direction: they would turn an English sentence round. */
function bare(text: string): string {
  return text.replace(/[\u061c\u200e\u200f]/g, "");
}
