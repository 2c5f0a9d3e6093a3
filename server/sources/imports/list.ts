import { z } from "zod";
import { listImports } from "#db/sources/imports/reading-imports.ts";
import { cursorBy, uuid } from "#server/http/lists/cursor-shape.ts";
import { NO_DAYS } from "#server/http/lists/days.ts";
import { defineList } from "#server/http/lists/list.ts";

const BY_TIME = cursorBy({ at: z.int(), id: uuid });

/** Every file that was imported, the newest first. */
export const imports = defineList({
  query: {},
  days: NO_DAYS,
  select: () => null,
  cursor: () => BY_TIME,
  open: (reader) => ({
    read: (cursor, limit) => listImports(reader, cursor, limit),
  }),
  placeOf: ({ at, id }) => ({ at, id }),
});
