import { z } from "zod";
import { countOffers, listOffers, type OfferFilter } from "#db/scheduled/calendar/offers.ts";
import { type CalendarOffer, OFFER_STATES } from "#domain/scheduled/calendar/calendar-event.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { cursorBy, uuid } from "#server/http/lists/cursor-shape.ts";
import { NO_DAYS } from "#server/http/lists/days.ts";
import { defineList } from "#server/http/lists/list.ts";
import { forPrograms, NARROWING } from "#server/http/lists/parameters.ts";
import { word } from "#server/http/query.ts";
import type { RowsOf } from "#server/http/schema.ts";
import type { calendarEventsList } from "./schema.ts";

const BY_START = cursorBy({ startsAt: z.int(), id: uuid });

/** What calendars have that is not over, earliest first. */
export const offers = defineList({
  query: {
    source: NARROWING.source,
    state: forPrograms(
      word(OFFER_STATES)
        .default(null)
        .describe("taken: it is expected here; left_out: somebody left it out, or withdrew it"),
    ),
  },
  days: NO_DAYS,
  select: (named, _days, now): OfferFilter => ({ ...named, now }),
  cursor: () => BY_START,
  open: (reader, filter) => ({
    read: (cursor, limit) => listOffers(reader, filter, cursor, limit),
    count: () => countOffers(reader, filter),
  }),
  placeOf: ({ startsAt, id }) => ({ startsAt, id }),
});

/** Meetings of calendars as JSON. */
export async function offersJson(
  rows: readonly CalendarOffer[],
): Promise<RowsOf<typeof calendarEventsList>> {
  return { results: rows.map(offerJson) };
}

function offerJson(offer: CalendarOffer): RowsOf<typeof calendarEventsList>["results"][number] {
  return {
    ...{ id: offer.id, source: offer.source, title: offer.name, room: offer.place },
    starts_at: toWireTime(offer.startsAt),
    ends_at: toWireTime(offer.endsAt),
    cancelled: offer.isCancelled,
    people: offer.invited.map(({ name, email, role }) => ({ name, email, role })),
    state: offer.state,
    scheduled_meeting_id: offer.scheduledId,
    left_out_by: offer.leftOutBy,
  };
}
