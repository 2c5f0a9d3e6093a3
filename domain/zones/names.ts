import type { Ms } from "#domain/time/ms.ts";
import { ZONES_OF_COUNTRIES } from "./countries.ts";
import { foldPlace } from "./fold.ts";
import { placesIn } from "./places.ts";

/** The names of a zone. */
export interface ZoneNames {
  /** Its country; `null` where it has none. */
  country: string | null;
  /** Names of countries, cities and times, and abbreviations, folded. */
  called: readonly string[];
  /** How far its clocks are ahead of UTC now, in minutes; `null` where that is not known. */
  aheadMin: number | null;
}

/** A time in the other half of the year, for clocks that change with the season. */
const HALF_A_YEAR: Ms = 182 * 86_400_000;

/**
 * Names zones, one with each step, because naming all of them takes a slow machine a second: in English, in
 * `language`, and their countries in their own language as well.
 */
export function* namingZones(
  zones: readonly string[],
  language: string,
  at: Ms,
): Generator<undefined, ReadonlyMap<string, ZoneNames>> {
  const languages = [...new Set(["en", language])];
  const countries = new Map<string, string[]>();
  for (const [code, all] of ZONES_OF_COUNTRIES) {
    const names = countryNames(code, languages);
    for (const zone of all) countries.set(zone, [...(countries.get(zone) ?? []), ...names]);
    yield;
  }
  const named = new Map<string, ZoneNames>();
  for (const zone of zones) {
    const own = countries.get(zone) ?? [];
    const times = languages.flatMap((one) => timeNames(zone, one, at));
    const called = [...own, ...placesIn(zone), ...times].map(foldPlace);
    named.set(zone, {
      country: own[0] ?? null,
      called: [...new Set(called)],
      aheadMin: aheadIn(zone, at),
    });
    yield;
  }
  return named;
}

function countryNames(code: string, languages: readonly string[]): string[] {
  const own = new Intl.Locale(`und-${code}`).maximize().language;
  return [...languages, own].flatMap((language) => {
    const name = new Intl.DisplayNames(language, { type: "region", fallback: "none" }).of(code);
    return name === undefined ? [] : [name];
  });
}

/** `Central European Standard Time`, `Central European Time`, and the abbreviations of them. */
function timeNames(zone: string, language: string, at: Ms): string[] {
  const names = (["long", "longGeneric", "short"] as const).flatMap((style) =>
    [at, at + HALF_A_YEAR].map((moment) => nameOf(zone, language, style, moment)),
  );
  const whole = names.filter((name) => !/^(?:GMT|UTC)[+-−]/.test(name));
  // English names of times have the abbreviations of English as their initials.
  return language === "en" ? [...whole, ...whole.flatMap(initials)] : whole;
}

function nameOf(
  timeZone: string,
  language: string,
  timeZoneName: "long" | "longGeneric" | "longOffset" | "short",
  at: Ms,
): string {
  const parts = new Intl.DateTimeFormat(language, { timeZone, timeZoneName }).formatToParts(at);
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
}

function initials(name: string): string[] {
  const words = name.split(/[^\p{L}]+/u).filter((word) => word !== "");
  return words.length < 2 ? [] : [words.map((word) => word.slice(0, 1)).join("")];
}

function aheadIn(zone: string, at: Ms): number | null {
  return offsetIn(nameOf(zone, "en", "longOffset", at));
}

/** The minutes of `+5:30`, `UTC+2`, `GMT-03:00`; `null` for anything else. */
export function offsetIn(text: string): number | null {
  const trimmed = text.trim();
  if (/^(?:gmt|utc)$/i.test(trimmed)) return 0;
  const [, sign, hours, minutes = "0"] =
    /^(?:gmt|utc)?\s*([+\-−])\s*(\d{1,2})(?:[:.]?(\d\d))?$/i.exec(trimmed) ?? [];
  if (hours === undefined) return null;
  const ahead = Number(hours) * 60 + Number(minutes);
  return sign === "+" ? ahead : ahead === 0 ? 0 : -ahead;
}
