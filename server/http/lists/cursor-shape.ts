import { z } from "zod";
import { isUuid } from "#domain/uuid.ts";
import { badCursor, type SortValues } from "#server/http/cursor.ts";

/** The sort values of a list's rows: how a cursor has them. */
export interface CursorShape<Position, Row = Position> {
  /** Throws 400 for values that this list gives to no row. */
  parse: (values: SortValues) => Position;
  valuesOf: (row: Row) => SortValues;
}

export const uuid = z.string().refine(isUuid);

/** Whether something is so, as 0 or 1. */
export const bit = z.codec(z.literal([0, 1]), z.boolean(), {
  decode: (one) => one === 1,
  encode: (is) => (is ? 1 : 0),
});

const sortValues = z.array(z.union([z.string(), z.number()]));

/** A cursor of these sort values, in this order. */
export function cursorBy<Shape extends Record<string, z.ZodType<unknown, string | number>>>(
  shape: Shape,
): CursorShape<z.output<z.ZodObject<Shape>>> {
  const names = Object.keys(shape);
  const position = z.object(shape);
  return {
    parse: (values) => {
      const named = Object.fromEntries(names.map((name, index) => [name, values[index]]));
      const read = position.safeParse(named);
      if (!read.success) throw badCursor(read.error);
      return read.data;
    },
    valuesOf: (row) => sortValues.parse(Object.values(z.encode(position, row))),
  };
}
