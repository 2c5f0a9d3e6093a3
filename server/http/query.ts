import { ApiError } from "./answer.ts";

/** A text parameter; `null` where it is absent or empty. */
export function textIn(url: URL, name: string): string | null {
  const text = url.searchParams.get(name)?.replaceAll("\0", "").trim();
  return text ? text : null;
}

/** The directions of a list. */
export const ORDERS = ["asc", "desc"] as const;

/** One of a few words; `null` where it is absent. Throws 400 for any other. */
export function oneOf<Value extends string>(
  url: URL,
  name: string,
  values: readonly Value[],
): Value | null {
  const text = textIn(url, name);
  if (text === null) return null;
  const value = values.find((one) => one === text);
  if (value === undefined) {
    throw new ApiError(400, `bad_${name}`, `${name} must be one of ${values.join(", ")}.`);
  }
  return value;
}

/** A whole number from 0 to `most`; `null` where it is absent. Throws 400 for any other. */
export function wholeNumberIn(url: URL, name: string, most: number): number | null {
  const text = url.searchParams.get(name);
  return text === null ? null : wholeNumber(text, name, most);
}

export function wholeNumber(text: string, name: string, most: number): number {
  if (!/^\d{1,16}$/.test(text) || Number(text) > most) {
    throw new ApiError(400, `bad_${name}`, `${name} must be a whole number from 0 to ${most}.`);
  }
  return Number(text);
}
