import type { Database, Transaction } from "#db/client.ts";
import { countRepeats, keepDeliveries, type NewDelivery } from "#db/recording/deliveries.ts";
import { wipeErased } from "#db/recording/erasing.ts";
import { lockRooms, type RoomKey } from "#db/recording/rooms.ts";
import type { MeetingEvent, Ms } from "#domain/event.ts";
import type { Rules } from "#domain/rules.ts";
import type { Occurrence } from "#server/providers/provider.ts";
import { advanceRooms, currentMeetings, type RoomNews } from "./advance-rooms.ts";
import { type Change, noChange, writeChange } from "./change.ts";
import { eraseRooms } from "./erase-rooms.ts";
import { retellRooms } from "./retell-rooms.ts";

/** One verified delivery, read, on its way into the database. */
export interface Arrival {
  delivery: NewDelivery;
  rules: Rules;
  /** What it says happened; `null` where it says nothing, or nothing readable. */
  about: Occurrence | null;
}

export type Receipt = "recorded" | "repeated" | "ignored" | "unreadable";

/**
 * Records a batch in one transaction and a constant number of statements: keeps the deliveries, files
 * their events, tells the touched people again, moves the meetings' numbers and rings the bus once.
 * When this returns, the batch is durable. When it throws, nothing of it happened.
 */
export async function record(
  database: Database,
  batch: readonly Arrival[],
  now: Ms,
): Promise<Receipt[]> {
  return database.transaction(async (tx) => {
    const order = batch
      .map((arrival, index) => ({ arrival, index }))
      .toSorted((a, b) => (a.arrival.delivery.key < b.arrival.delivery.key ? -1 : 1));
    const ids = await keepDeliveries(
      tx,
      order.map(({ arrival }) => arrival.delivery),
    );
    const receipts: Receipt[] = batch.map(({ delivery }) => delivery.status);
    const fresh: Fresh[] = [];
    const silent: number[] = [];
    const repeats: NewDelivery[] = [];
    for (const [place, { arrival, index }] of order.entries()) {
      const deliveryId = ids[place] ?? null;
      if (deliveryId === null) {
        receipts[index] = "repeated";
        repeats.push(arrival.delivery);
      } else if (arrival.about !== null && arrival.about.events.length > 0) {
        fresh.push({ ...arrival, about: arrival.about, deliveryId, index });
      } else if (arrival.delivery.room !== null) {
        silent.push(deliveryId);
      }
    }
    if (repeats.length > 0) await countRepeats(tx, repeats);
    if (silent.length > 0) await wipeErased(tx, silent);
    const tooLate = fresh.length > 0 ? await file(tx, fresh, now) : [];
    for (const { index } of tooLate) receipts[index] = "ignored";
    return receipts;
  });
}

interface Fresh extends Arrival {
  about: Occurrence;
  deliveryId: number;
  /** Its place in the batch. */
  index: number;
}

/** Files what the deliveries say. Answers those that came too late: of their rooms nothing is held any more. */
async function file(tx: Transaction, fresh: readonly Fresh[], now: Ms): Promise<Fresh[]> {
  const byRoom = Map.groupBy(fresh, ({ delivery, about }) => `${delivery.sourceId} ${about.room}`);
  const rooms = await lockRooms(tx, [...byRoom.values()].flatMap(roomKey));
  const current = await currentMeetings(tx, rooms);
  const news: RoomNews[] = [];
  const tooLate: Fresh[] = [];
  for (const room of rooms) {
    const own = byRoom.get(`${room.sourceId} ${room.key}`) ?? [];
    const rules = own[0]?.rules;
    if (room.erasedAt !== null) tooLate.push(...own);
    else if (rules) {
      const arrived = own.flatMap(events);
      news.push({ room, rules, arrived, current: current.get(room.id) ?? null });
    }
  }
  if (tooLate.length > 0) {
    await wipeErased(
      tx,
      tooLate.map(({ deliveryId }) => deliveryId),
    );
  }
  if (news.length > 0) await tell(tx, news, now);
  return tooLate;
}

/** Tells what the news changes in its locked rooms, writes it, and rings; erases what it asks to erase. */
export async function tell(tx: Transaction, news: readonly RoomNews[], now: Ms): Promise<Change> {
  const change = noChange();
  const declined = await advanceRooms(tx, news, change, now);
  if (declined.length > 0) {
    await retellRooms(
      tx,
      declined.map((own) => ({ ...own, stale: [] })),
      change,
      now,
    );
  }
  await writeChange(tx, change);
  await eraseRooms(tx, news);
  return change;
}

function roomKey(arrivals: readonly Fresh[]): RoomKey[] {
  const first = arrivals[0];
  if (!first) return [];
  const title = arrivals.findLast(({ about }) => about.title !== null)?.about.title ?? null;
  return [{ sourceId: first.delivery.sourceId, key: first.about.room, title }];
}

function events({ about, deliveryId }: Fresh): { event: MeetingEvent; deliveryId: number }[] {
  return about.events.map((event) => ({ event, deliveryId }));
}
