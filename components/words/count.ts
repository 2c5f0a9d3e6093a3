import { MOST_COUNTED, type Total } from "#domain/lists/total.ts";
import { localeSettings } from "./locale-settings.ts";

/** `1 meeting`, `6 meetings`: the words are English; thousands are grouped as in the reader's locale. */
export function counted(count: number, one: string, many: string): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

/** The same for a list's total, which is counted only up to a limit: `more than 10,000 meetings`. */
export function totalled(total: Total, one: string, many: string): string {
  return total === null ? `more than ${grouped(MOST_COUNTED)} ${many}` : counted(total, one, many);
}

/** `1,234`, `1.234`, `1 234`, `12,34,567`: a whole number in the reader's locale. */
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

/** `12.5`: with exactly `digits` decimal digits, in the reader's locale. */
export function decimal(value: number, digits: number): string {
  const [whole = "", fraction] = value.toFixed(digits).split(".");
  const { decimal: point } = localeSettings();
  return fraction === undefined
    ? grouped(Number(whole))
    : `${grouped(Number(whole))}${point}${fraction}`;
}

/** `12.5`, `12`: with at most `digits` decimal digits, without trailing zeros. */
export function upTo(value: number, digits: number): string {
  const shortest = String(Number(value.toFixed(digits)));
  return decimal(value, shortest.split(".")[1]?.length ?? 0);
}

/** A share from 0 to 1 in percent, with at most `digits` decimal digits: `91.4%`; `null` for `null`. */
export function percent(share: number, digits?: number): string;
export function percent(share: number | null, digits?: number): string | null;
export function percent(share: number | null, digits = 1): string | null {
  if (share === null) return null;
  const scale = 10 ** digits;
  return percentWords(upTo(Math.round(share * (100 * scale)) / scale, digits));
}

/** A share in whole percents, rounded down, so that 100% is always all; `null` of an empty whole. */
export function wholePercent(part: number, whole: number): string | null {
  return whole <= 0 ? null : percentWords(String(Math.floor((part / whole) * 100)));
}

function percentWords(value: string): string {
  return localeSettings().percent.replace("{}", value);
}
