import { z } from "zod";
import { listClassLists } from "#db/scheduled/reading-class-lists.ts";
import { cursorBy, uuid } from "#server/http/lists/cursor-shape.ts";
import { NO_DAYS } from "#server/http/lists/days.ts";
import { defineList } from "#server/http/lists/list.ts";

const BY_NAME = cursorBy({ nameKey: z.string(), id: uuid });

/** The class lists, sorted by name. */
export const classLists = defineList({
  query: {},
  days: NO_DAYS,
  select: () => null,
  cursor: () => BY_NAME,
  open: (reader) => ({
    read: (cursor, limit) => listClassLists(reader, cursor, limit),
  }),
  placeOf: ({ nameKey, id }) => ({ nameKey, id }),
});
