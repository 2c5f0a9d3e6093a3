import * as z from "zod/mini";
import type { WireSource } from "#domain/event/recorded.ts";

/*
 * What the schemas of answers are made of. A file `schema.ts` knows nothing but `domain/` and other such files, so
 * that a browser can parse an answer by the very schema that documents it.
 */

/** A schema with an output of this type, of either kind of zod. */
export type Schema<Value = unknown> = z.core.$ZodType<Value>;

/** What is answered by a schema. */
export type AnswerOf<Kind extends Schema> = z.output<Kind>;

/** The same without the links of its page. */
export type RowsOf<Kind extends Schema> = Omit<z.output<Kind>, keyof typeof LINKS>;

/** The fields of a type that is declared elsewhere, none too few and none too many. */
export type ShapeOf<Value> = { [Key in keyof Value]-?: Schema<Value[Key]> };

/** The same schema with a sentence about it. */
export function about<Kind extends z.ZodMiniType>(kind: Kind, description: string): Kind {
  return kind.check(z.describe(description));
}

/** The same schema with a name of its own in the document of the API. */
export function named<Kind extends z.ZodMiniType>(id: string, kind: Kind): Kind {
  return kind.check(z.meta({ id }));
}

/** RFC 3339 in UTC with milliseconds. */
export const time = z.string().check(z.meta({ format: "date-time" }));
export const timeOrNull = z.nullable(time);
export const textOrNull = z.nullable(z.string());
export const count = z.int().check(z.minimum(0));
export const countOrNull = z.nullable(count);
/** From 0 to 1. */
export const shareOrNull = z.nullable(z.number().check(z.minimum(0), z.maximum(1)));

/** When the answer counted what goes on. */
export const asOf = about(time, "The moment up to which anything open was counted");

/** A source as everything of it names it. */
export const source = named(
  "Source",
  z.object({
    id: z.string(),
    provider: z.string(),
    name: z.string(),
    demo: z.exactOptional(about(z.literal(true), "Made by simulate or seed: nobody in it is real")),
  } satisfies ShapeOf<WireSource>),
);

/** One page of a list. */
export function pageOf<Row extends z.ZodMiniType>(row: Row) {
  return z.object({ ...LINKS, results: z.array(row) });
}

/** The links of a page. */
export const LINKS = {
  next: about(textOrNull, "The address of the next page; null on the last one"),
  previous: about(textOrNull, "The address of the previous page; null on the first one"),
};

/** What is refused is answered so. */
export const failure = named(
  "Error",
  z.object({
    error: z.object({
      code: z.string(),
      message: z.string(),
      details: z.exactOptional(
        about(z.array(z.looseObject({})), "The mistakes one by one, where there are several"),
      ),
    }),
  }),
);
