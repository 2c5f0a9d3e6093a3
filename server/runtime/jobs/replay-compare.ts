import type { Transaction } from "#db/connection/session.ts";
import { laterTitle, type RoomTitle } from "#db/recording/rooms.ts";
import { deliveriesById } from "#db/recording/stored-deliveries.ts";
import type { MeetingEvent } from "#domain/event/event.ts";
import { toEventData } from "#domain/event/recorded.ts";
import { OWN_OBSERVER, observerOf, reportedBy } from "#domain/participant/watchers.ts";
import type { RecordedEvent } from "#domain/projection/state.ts";
import { titleOf } from "#server/ingest/project.ts";
import { isAsKept, type Reread, rereadDeliveries, storeReread } from "#server/ingest/reread.ts";
import type { DeliveryReading } from "#server/providers/contract/contract.ts";

/** A body has up to 1 MiB. */
const BODIES_AT_ONCE = 200;

export interface Compared {
  /** How many of the deliveries from which the events came are still stored. */
  deliveries: number;
  /** Deliveries whose recorded events are withdrawn. */
  withdrawn: Set<number>;
  /** Their events as they read now, and the meeting in which they had been recorded. */
  arrived: { event: MeetingEvent; deliveryId: number; meetingId: string }[];
  /** The latest title of each room, by the id of one of its meetings. */
  titles: Map<string, RoomTitle>;
  /** Where each is held, by the same. */
  places: Map<string, { room: string; place: string }>;
}

/**
 * Compares recorded events with what their deliveries say now, and stores those deliveries as they read now. Events
 * of a delivery that is no longer stored stay.
 */
export async function compare(
  tx: Transaction,
  recorded: readonly RecordedEvent[],
): Promise<Compared> {
  const byDelivery = new Map<number, RecordedEvent[]>();
  for (const one of recorded) {
    if (one.deliveryId === null) continue;
    const own = byDelivery.get(one.deliveryId);
    if (own) own.push(one);
    else byDelivery.set(one.deliveryId, [one]);
  }
  const withdrawn = new Set<number>();
  const arrived: Compared["arrived"] = [];
  const titles: Compared["titles"] = new Map();
  const places: Compared["places"] = new Map();
  let deliveries = 0;
  const ids = [...byDelivery.keys()].toSorted((a, b) => a - b);
  for (let from = 0; from < ids.length; from += BODIES_AT_ONCE) {
    const stored = await deliveriesById(tx, ids.slice(from, from + BODIES_AT_ONCE));
    const read = rereadDeliveries(stored);
    deliveries += stored.length;
    const moved = read.filter((one) => !isAsKept(one));
    const others = new Set(await storeReread(tx, moved));
    const repeats = new Set<Reread>(moved.filter((one) => !others.has(one)));
    for (const one of read) {
      const { id } = one.delivery;
      const before = byDelivery.get(id) ?? [];
      const [first] = before;
      const events = repeats.has(one) ? [] : eventsIn(one.reading);
      if (first === undefined) continue;
      const title = titleIn(one.reading);
      if (title)
        titles.set(first.meetingId, laterTitle(titles.get(first.meetingId) ?? null, title));
      const place = placeIn(one.reading);
      if (place && !places.has(first.meetingId)) places.set(first.meetingId, place);
      // Where several observers watched one meeting, an event keeps the one that reported it.
      const observer = observerOf(first.event);
      const told =
        observer === OWN_OBSERVER ? events : events.map((event) => reportedBy(event, observer));
      if (sameEvents(before, told)) continue;
      withdrawn.add(id);
      // Not recorded in another room, even if it names one now: a provider never moves a delivery's room.
      for (const event of told) {
        arrived.push({ event, deliveryId: id, meetingId: first.meetingId });
      }
    }
  }
  return { deliveries, withdrawn, arrived, titles, places };
}

function placeIn(reading: DeliveryReading): { room: string; place: string } | null {
  if (reading.kind !== "events" || reading.about.place === undefined) return null;
  const { room, place } = reading.about;
  return { room, place };
}

function eventsIn(reading: DeliveryReading): MeetingEvent[] {
  return reading.kind === "events" ? reading.about.events : [];
}

function titleIn(reading: DeliveryReading): RoomTitle | null {
  return reading.kind === "events" ? titleOf(reading.about) : null;
}

function sameEvents(recorded: readonly RecordedEvent[], read: readonly MeetingEvent[]): boolean {
  if (recorded.length !== read.length) return false;
  const before = recorded.map(({ event }) => text(event)).toSorted();
  const now = read.map(text).toSorted();
  return before.every((one, index) => one === now[index]);
}

function text(event: MeetingEvent): string {
  const participant = "participantId" in event ? event.participantId : null;
  return JSON.stringify([event.type, event.at, participant, toEventData(event)]);
}
