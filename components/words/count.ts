import { MOST_COUNTED, type Total } from "#domain/lists/total.ts";
import { localeSettings } from "./manner.ts";

/** `1 meeting`, `6 meetings`: our words are English; thousands set apart as whoever looks does. */
export function counted(count: number, one: string, many: string): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

/** The same of a list, which counts no further than so many: `more than 10,000 meetings`. */
export function totalled(total: Total, one: string, many: string): string {
  return total === null ? `more than ${grouped(MOST_COUNTED)} ${many}` : counted(total, one, many);
}

/** `1,234`, `1.234`, `1 234`, `12,34,567`: a whole number as whoever looks writes it. */
export function grouped(count: number): string {
  const { group, sizes, least } = localeSettings();
  const [last, before] = sizes;
  const digits = String(Math.abs(count));
  if (digits.length < last + least) return String(count);
  const groups = [digits.slice(-last)];
  for (let rest = digits.slice(0, -last); rest !== ""; rest = rest.slice(0, -before)) {
    groups.unshift(rest.slice(-before));
  }
  return `${count < 0 ? "-" : ""}${groups.join(group)}`;
}

/** `12.5`: with so many digits behind the point, as whoever looks writes it. */
export function decimal(value: number, digits: number): string {
  const [whole = "", fraction] = value.toFixed(digits).split(".");
  const { decimal: point } = localeSettings();
  return fraction === undefined
    ? grouped(Number(whole))
    : `${grouped(Number(whole))}${point}${fraction}`;
}

/** `12.5`, `12`: so many digits behind the point at most, and none that say nothing. */
export function upTo(value: number, digits: number): string {
  const shortest = String(Number(value.toFixed(digits)));
  return decimal(value, shortest.split(".")[1]?.length ?? 0);
}

/** A share from 0 to 1: `91.4%`, as exact as so many places tell it; `null` of nothing. */
export function percent(share: number, digits?: number): string;
export function percent(share: number | null, digits?: number): string | null;
export function percent(share: number | null, digits = 1): string | null {
  if (share === null) return null;
  const scale = 10 ** digits;
  return percentWords(upTo(Math.round(share * (100 * scale)) / scale, digits));
}

/** A share in whole percents, rounded down: 100% is never said of less than all. */
export function wholePercent(part: number, whole: number): string | null {
  return whole <= 0 ? null : percentWords(String(Math.floor((part / whole) * 100)));
}

function percentWords(value: string): string {
  return localeSettings().percent.replace("{}", value);
}
