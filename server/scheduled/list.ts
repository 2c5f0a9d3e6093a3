import { z } from "zod";
import {
  countScheduled,
  listScheduled,
  type ScheduledFilter,
} from "#db/scheduled/reading-scheduled.ts";
import type { SortOrder } from "#domain/lists/narrowing.ts";
import { cursorBy, uuid } from "#server/http/lists/cursor-shape.ts";
import { ANY_DAYS } from "#server/http/lists/days.ts";
import { defineList } from "#server/http/lists/list.ts";
import { forPrograms, NARROWING } from "#server/http/lists/parameters.ts";
import { ORDERS, word } from "#server/http/query.ts";

const BY_START = cursorBy({ startsAt: z.int(), id: uuid });

export interface ScheduledAsked {
  filter: ScheduledFilter;
  order: SortOrder;
}

/** Scheduled meetings: for programs latest start first; with `order=asc` earliest first. */
export const scheduled = defineList({
  query: {
    source: NARROWING.source,
    room: NARROWING.room,
    q: NARROWING.q,
    order: forPrograms(word(ORDERS).default(null).describe("asc: the earliest start first")),
  },
  days: ANY_DAYS,
  select: ({ order, ...named }, { from, to }): ScheduledAsked => ({
    filter: { ...named, from, to, endsAfter: null, endedBy: null },
    order: order ?? "desc",
  }),
  cursor: () => BY_START,
  open: (reader, { filter, order }) => ({
    read: (cursor, limit) => listScheduled(reader, filter, order, cursor, limit),
    count: () => countScheduled(reader, filter),
  }),
  placeOf: ({ startsAt, id }) => ({ startsAt, id }),
});
