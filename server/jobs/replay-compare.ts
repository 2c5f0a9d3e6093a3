import type { Transaction } from "#db/connection/session.ts";
import { deliveriesById } from "#db/recording/replaying.ts";
import { laterTitle, type RoomTitle } from "#db/recording/rooms.ts";
import type { MeetingEvent } from "#domain/event/event.ts";
import { toEventData } from "#domain/event/recorded.ts";
import type { RecordedEvent } from "#domain/projection/state.ts";
import { titleOf } from "#server/ingest/project.ts";
import { isAsKept, type Reread, rereadDeliveries, storeReread } from "#server/ingest/reread.ts";
import type { DeliveryReading } from "#server/providers/contract/provider.ts";

/** A body has up to 1 MiB. */
const BODIES_AT_ONCE = 200;

export interface Compared {
  /** Of those that told the events, how many are still kept. */
  deliveries: number;
  /** Deliveries whose events are taken back. */
  withdrawn: Set<number>;
  /** What they say instead, and of which meeting they said something. */
  arrived: { event: MeetingEvent; deliveryId: number; meetingId: string }[];
  /** What rooms are called, by one of their meetings, the latest of each. */
  titles: Map<string, RoomTitle>;
}

/**
 * Holds what is filed against what its deliveries say now, and keeps those as what they are now. What was told
 * by a delivery that is no longer kept stays.
 */
export async function compare(tx: Transaction, filed: readonly RecordedEvent[]): Promise<Compared> {
  const byDelivery = new Map<number, RecordedEvent[]>();
  for (const one of filed) {
    if (one.deliveryId === null) continue;
    const known = byDelivery.get(one.deliveryId);
    if (known) known.push(one);
    else byDelivery.set(one.deliveryId, [one]);
  }
  const withdrawn = new Set<number>();
  const arrived: Compared["arrived"] = [];
  const titles: Compared["titles"] = new Map();
  let deliveries = 0;
  const ids = [...byDelivery.keys()].toSorted((a, b) => a - b);
  for (let from = 0; from < ids.length; from += BODIES_AT_ONCE) {
    const kept = await deliveriesById(tx, ids.slice(from, from + BODIES_AT_ONCE));
    const read = rereadDeliveries(kept);
    deliveries += kept.length;
    const moved = read.filter((one) => !isAsKept(one));
    const others = new Set(await storeReread(tx, moved));
    const repeats = new Set<Reread>(moved.filter((one) => !others.has(one)));
    for (const one of read) {
      const { id } = one.delivery;
      const known = byDelivery.get(id) ?? [];
      const [first] = known;
      const events = repeats.has(one) ? [] : eventsIn(one.reading);
      if (first === undefined) continue;
      const title = titleIn(one.reading);
      if (title)
        titles.set(first.meetingId, laterTitle(titles.get(first.meetingId) ?? null, title));
      if (sameEvents(known, events)) continue;
      withdrawn.add(id);
      // What it says of another room is not told here; a provider never moves a delivery's room.
      for (const event of events) {
        arrived.push({ event, deliveryId: id, meetingId: first.meetingId });
      }
    }
  }
  return { deliveries, withdrawn, arrived, titles };
}

function eventsIn(reading: DeliveryReading): MeetingEvent[] {
  return reading.kind === "events" ? reading.about.events : [];
}

function titleIn(reading: DeliveryReading): RoomTitle | null {
  return reading.kind === "events" ? titleOf(reading.about) : null;
}

function sameEvents(filed: readonly RecordedEvent[], projected: readonly MeetingEvent[]): boolean {
  if (filed.length !== projected.length) return false;
  const known = filed.map(({ event }) => text(event)).toSorted();
  const now = projected.map(text).toSorted();
  return known.every((one, index) => one === now[index]);
}

function text(event: MeetingEvent): string {
  const participant = "participantId" in event ? event.participantId : null;
  return JSON.stringify([event.type, event.at, participant, toEventData(event)]);
}
