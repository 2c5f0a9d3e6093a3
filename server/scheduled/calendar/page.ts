import { database } from "#db/connection/client.ts";
import { calendarStates, countOffers, listOffers } from "#db/scheduled/calendar/offers.ts";
import type { Offers } from "#domain/scheduled/calendar/calendar-event.ts";

const MOST = 20;

/** What calendars have that is not expected yet: the next of them, of a source or of all. */
export async function readOffers(source: string | null): Promise<Offers> {
  const reader = database().orm;
  const now = Date.now();
  const all = await calendarStates(reader);
  const calendars = all.filter((one) => source === null || one.source.id === source);
  if (calendars.length === 0) return { offered: [], offeredTotal: 0, leftOut: [], calendars };
  const [offered, offeredTotal, leftOut] = await Promise.all([
    listOffers(reader, { source, state: "offered", now }, null, MOST),
    countOffers(reader, { source, state: "offered", now }),
    listOffers(reader, { source, state: "left_out", now }, null, MOST),
  ]);
  return { offered, offeredTotal, leftOut, calendars };
}
