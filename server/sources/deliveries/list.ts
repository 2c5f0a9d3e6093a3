import { z } from "zod";
import {
  countDeliveries,
  type DeliveryFilter,
  listDeliveries as readDeliveries,
} from "#db/sources/deliveries/deliveries.ts";
import { DELIVERY_RESULTS } from "#domain/event/delivery.ts";
import { cursorBy } from "#server/http/lists/cursor-shape.ts";
import { ANY_DAYS, type DaysAsked } from "#server/http/lists/days.ts";
import { defineList } from "#server/http/lists/list.ts";
import { forPrograms, NARROWING, noticed, type ValuesOf } from "#server/http/lists/parameters.ts";
import { text, upTo, word } from "#server/http/query.ts";

/** How many deliveries can be asked for by their ids at once. */
export const MOST_IDS = 200;

const BY_TIME = cursorBy({ at: z.int(), id: z.int() });

const query = {
  source: NARROWING.source,
  room: NARROWING.room,
  type: text.default(null).describe("The provider's own name for a type of webhook or line"),
  status: noticed(
    word(DELIVERY_RESULTS)
      .default(null)
      .describe("What came of a delivery; repeated: it came again, waiting: it is not projected"),
    "Deliveries of every result are shown.",
  ),
  person: text
    .default(null)
    .describe("Whom a delivery told of: the id, the user id, or words of a name"),
  id: forPrograms(
    z
      .array(upTo(Number.MAX_SAFE_INTEGER))
      .default([])
      .describe(`Those with these ids, up to ${MOST_IDS} times`),
  ),
};

/** Deliveries, newest first. */
export const deliveryList = defineList({
  query,
  repeats: ["id"],
  days: ANY_DAYS,
  select: ({ id, ...named }: ValuesOf<typeof query>, { from, to }: DaysAsked): DeliveryFilter => ({
    ...named,
    ids: id.length > 0 ? id : null,
    from,
    to,
  }),
  cursor: () => BY_TIME,
  open: (reader, filter: DeliveryFilter) => ({
    read: (cursor, limit) => readDeliveries(reader, filter, cursor, limit),
    count: () => countDeliveries(reader, filter),
  }),
  placeOf: ({ receivedAt, id }) => ({ at: receivedAt, id }),
});
