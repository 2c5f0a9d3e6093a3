import { z } from "zod";
import { listClassLists } from "#db/scheduled/reading-class-lists.ts";
import { cursorBy, uuid } from "#server/lists/cursor-shape.ts";
import { NO_DAYS } from "#server/lists/days.ts";
import { defineList } from "#server/lists/list.ts";

/** The class lists, sorted by name. */
export const classLists = defineList({
  path: "/expected/lists",
  query: {},
  days: NO_DAYS,
  select: () => null,
  cursor: () => cursorBy({ nameKey: z.string(), id: uuid }),
  open: (reader) => ({
    read: (from, limit) =>
      listClassLists(reader, from && { direction: from.direction, ...from.key }, limit),
  }),
  placeOf: ({ nameKey, id }) => ({ nameKey, id }),
});
