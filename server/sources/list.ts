import { z } from "zod";
import { type DeliveryFilter, listDeliveries } from "#db/deliveries/deliveries.ts";
import type { DeliveryStatus } from "#domain/event/delivery.ts";
import { cursorBy } from "#server/http/lists/cursor-shape.ts";
import { NO_DAYS } from "#server/http/lists/days.ts";
import { defineList } from "#server/http/lists/list.ts";
import { NARROWING } from "#server/http/lists/parameters.ts";
import { upTo, word } from "#server/http/query.ts";

/** How many deliveries can be asked for by their ids at once. */
export const MOST_IDS = 200;

const BY_NUMBER = cursorBy({ id: z.int() });
const STATUSES = ["recorded", "ignored", "unreadable"] as const satisfies readonly DeliveryStatus[];

/** Deliveries, newest first. */
export const deliveries = defineList({
  query: {
    source: NARROWING.source,
    room: NARROWING.room,
    status: word(STATUSES).default(null).describe("What came of a delivery"),
    id: z
      .array(upTo(Number.MAX_SAFE_INTEGER))
      .default([])
      .describe(`Those with these ids, up to ${MOST_IDS} times`),
  },
  repeats: ["id"],
  days: NO_DAYS,
  select: ({ id, ...named }): DeliveryFilter => ({ ...named, ids: id.length > 0 ? id : null }),
  cursor: () => BY_NUMBER,
  open: (reader, filter) => ({
    read: (cursor, limit) => listDeliveries(reader, filter, cursor, limit),
  }),
  placeOf: ({ id }) => ({ id }),
});
