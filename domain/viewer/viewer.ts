import type { MemberSettings } from "#domain/access/member.ts";
import { isTimeZone } from "#domain/time/time-zone.ts";

/**
 * The reader's formats of numbers, clocks and weeks. Plain data, computed once by the server and sent
 * along, so that the browser renders exactly the same: their lists of locales differ.
 */
export interface LocaleSettings {
  /** Between groups of digits, and before a fraction. */
  group: string;
  decimal: string;
  /** How many digits the last group has, and those before it: 3 and 2 in India. */
  sizes: readonly [number, number];
  /** Groups are separated from this many digits in front of the last group on. */
  least: number;
  /** `{}%`: the position of the sign of a percentage. */
  percent: string;
  hours: Hours;
  /** 1 for Monday to 7 for Sunday. */
  firstDay: number;
}

export type Hours = "h12" | "h23";

/** For a reader without settings. */
export const PLAIN: LocaleSettings = {
  group: "\u202f",
  decimal: ".",
  sizes: [3, 3],
  least: 1,
  percent: "{}%",
  hours: "h23",
  firstDay: 1,
};

/** The zone of shown times: the installation's, this browser's, or another by its IANA name. */
export type ZoneChoice = "home" | "browser" | (string & {});

/** What somebody chose of clocks and weeks; `null` for what their browser reports. */
export interface ClockChoices {
  choice: ZoneChoice;
  clock: Hours | null;
  /** The first day of the week. */
  week: number | null;
}

/** What a browser reports of itself, and what was chosen in it: the content of its cookie. */
export interface BrowserSettings extends ClockChoices {
  /** The browser's own zone. */
  own: string | null;
  locale: string | null;
  hours: Hours | null;
  firstDay: number | null;
}

/** The reader of a page. */
export interface Viewer {
  /**
   * The installation's zone, and where it comes from: `ROLLCALL_TIME_ZONE`, a setting, or only the server's
   * clock.
   */
  home: string;
  homeBy: "variable" | "setting" | "server";
  said: BrowserSettings;
  manner: LocaleSettings;
}

export const NO_BROWSER_SETTINGS: BrowserSettings = {
  choice: "home",
  clock: null,
  week: null,
  own: null,
  locale: null,
  hours: null,
  firstDay: null,
};

/** The cookie with a browser's settings. */
export const VIEW_COOKIE = "rollcall-view";
const LONGEST = 400;

/** The zone that was chosen for all screens. */
export function chosenZone({ home, said: browser }: Pick<Viewer, "home" | "said">): string {
  if (browser.choice === "home") return home;
  return browser.choice === "browser" ? (browser.own ?? home) : browser.choice;
}

/** What a member chose of these, which counts in every browser where they are signed in. */
export function choicesOf({ timeZone, hourCycle, firstDay }: MemberSettings): ClockChoices {
  return { choice: timeZone ?? "home", clock: hourCycle, week: firstDay };
}

/** The clock and the first day for a reader whose language has these. */
export function mannerFor(
  { clock, hours, week, firstDay }: BrowserSettings,
  ofLanguage: LocaleSettings,
): LocaleSettings {
  return {
    ...ofLanguage,
    hours: clock ?? hours ?? ofLanguage.hours,
    firstDay: week ?? firstDay ?? ofLanguage.firstDay,
  };
}

/** The value of the cookie. */
export function encodeViewer({
  choice,
  clock,
  week,
  own,
  locale,
  hours,
  firstDay,
}: BrowserSettings): string {
  const fields = { choice, clock, week, own, locale, hours, first: firstDay };
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    if (value !== null) params.set(name, String(value));
  }
  return params.toString();
}

/** The settings in a cookie, which anyone may have written: what cannot be read counts as missing. */
export function decodeViewer(value: string): BrowserSettings {
  if (value.length > LONGEST) return NO_BROWSER_SETTINGS;
  const params = new URLSearchParams(value);
  const choice = params.get("choice") ?? "home";
  const own = params.get("own");
  const locale = params.get("locale");
  return {
    choice: choice === "browser" || isTimeZone(choice) ? choice : "home",
    clock: hoursIn(params.get("clock")),
    week: dayIn(params.get("week")),
    own: own !== null && isTimeZone(own) ? own : null,
    locale: locale !== null && /^[A-Za-z0-9-]{1,35}$/.test(locale) ? locale : null,
    hours: hoursIn(params.get("hours")),
    firstDay: dayIn(params.get("first")),
  };
}

function hoursIn(text: string | null): Hours | null {
  return text === "h12" || text === "h23" ? text : null;
}

function dayIn(text: string | null): number | null {
  return text !== null && /^[1-7]$/.test(text) ? Number(text) : null;
}

/** The seven days of a week from its first on, 1 for Monday to 7 for Sunday. */
export function weekFrom(firstDay: number): number[] {
  return Array.from({ length: 7 }, (_, index) => ((firstDay - 1 + index) % 7) + 1);
}
