import { z } from "zod";
import { ApiError } from "./answer.ts";

/** The directions of a list. */
export const ORDERS = ["asc", "desc"] as const;

/** A text of an address; `null` where it is empty. */
export const text = z.string().transform((given) => given.replaceAll("\0", "").trim() || null);

/** One of a few words; `null` where it is empty. */
export function word<Word extends string>(words: readonly Word[]) {
  const error = `must be one of ${words.join(", ")}`;
  const override = { type: "string" as const, enum: [...words] };
  return text.pipe(z.literal(words, { error }).nullable()).meta({ override });
}

/** A whole number up to `most`. */
export function upTo(most: number, least = 0) {
  const error = `must be a whole number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d{1,16}$/, { error })
    .transform(Number)
    .pipe(z.number().max(most, { error }).min(least, { error }))
    .meta({ override: { type: "integer", minimum: least, maximum: most } });
}

/** A text parameter; `null` where it is absent or empty. */
export function textIn(url: URL, name: string): string | null {
  return valueIn(url, name, text);
}

/** One of a few words; `null` where it is absent. Throws 400 for any other. */
export function oneOf<Word extends string>(
  url: URL,
  name: string,
  words: readonly Word[],
): Word | null {
  return valueIn(url, name, word(words));
}

/** The 400 for a parameter that cannot be read. */
export function unreadable(name: string, cause: z.ZodError): ApiError {
  const why = cause.issues[0]?.message ?? "cannot be read";
  return new ApiError(400, `bad_${name}`, `${name} ${why}.`, { cause });
}

/** A parameter as `kind` reads it; `null` where it is absent. Throws 400 where it cannot be read. */
export function valueIn<Value>(url: URL, name: string, kind: z.ZodType<Value>): Value | null {
  const given = url.searchParams.get(name);
  if (given === null) return null;
  const read = kind.safeParse(given);
  if (!read.success) throw unreadable(name, read.error);
  return read.data;
}
