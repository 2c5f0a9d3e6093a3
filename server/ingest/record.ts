import type { Recorder, Transaction } from "#db/client.ts";
import { countRepeats, keepDeliveries, type NewDelivery } from "#db/recording/deliveries.ts";
import { ERASED } from "#db/recording/erasing.ts";
import { withMonths } from "#db/recording/months.ts";
import {
  laterTitle,
  lockRooms,
  type Room,
  type RoomKey,
  type RoomTitle,
  titleRooms,
} from "#db/recording/rooms.ts";
import type { MeetingEvent, Ms } from "#domain/event.ts";
import type { Rules } from "#domain/rules.ts";
import type { Occurrence } from "#server/providers/provider.ts";
import { advanceRooms, currentMeetings, type RoomNews } from "./advance-rooms.ts";
import { noChange, writeChange } from "./change.ts";
import { type Erasure, eraseRooms } from "./erase-rooms.ts";
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
 * Records a batch in one transaction and a constant number of statements: locks the rooms, keeps the
 * deliveries, files their events, tells the touched people again, moves the meetings' numbers and rings
 * the bus once. When this returns, the batch is durable. When it throws, nothing of it happened.
 */
export async function record(
  database: Recorder,
  batch: readonly Arrival[],
  now: Ms,
): Promise<Receipt[]> {
  const moments = batch.map(({ delivery }) => delivery.receivedAt);
  return withMonths(database, moments, () =>
    database.transaction((tx) => recordIn(tx, batch, now)),
  );
}

async function recordIn(tx: Transaction, batch: readonly Arrival[], now: Ms): Promise<Receipt[]> {
  // Also the rooms of deliveries that tell nothing, so that an erasure leaves out none of them.
  const rooms = await lockRoomsOf(
    tx,
    batch.map(({ delivery }) => delivery),
  );
  const order = batch
    .map((arrival, index) => ({ ...arrival, delivery: allowed(arrival.delivery, rooms), index }))
    .toSorted((a, b) => (a.delivery.key < b.delivery.key ? -1 : 1));
  const ids = await keepDeliveries(
    tx,
    order.map(({ delivery }) => delivery),
  );
  const receipts: Receipt[] = batch.map(({ delivery }) => delivery.status);
  const fresh: Told[] = [];
  const repeats: NewDelivery[] = [];
  for (const [place, { delivery, rules, about, index }] of order.entries()) {
    const deliveryId = ids[place] ?? null;
    if (deliveryId === null) {
      receipts[index] = "repeated";
      repeats.push(delivery);
    } else {
      receipts[index] = delivery.status;
      const isTold = about !== null && delivery.status === "recorded";
      if (isTold) fresh.push({ sourceId: delivery.sourceId, rules, about, deliveryId });
    }
  }
  if (fresh.length > 0) await fileDeliveries(tx, fresh, rooms, now);
  if (repeats.length > 0) await countRepeats(tx, repeats);
  return receipts;
}

/** Locked rooms, by `roomName`. */
export type Rooms = ReadonlyMap<string, Room>;

/** Locks every room that deliveries speak of, new or known. */
export async function lockRoomsOf(
  tx: Transaction,
  deliveries: readonly Pick<NewDelivery, "sourceId" | "room">[],
): Promise<Rooms> {
  const keys = new Map<string, RoomKey>();
  for (const { sourceId, room: key } of deliveries) {
    if (key !== null) keys.set(roomName(sourceId, key), { sourceId, key });
  }
  const rooms = keys.size > 0 ? await lockRooms(tx, [...keys.values()]) : [];
  return new Map(rooms.map((room) => [roomName(room.sourceId, room.key), room]));
}

export function roomName(sourceId: string, key: string): string {
  return `${sourceId} ${key}`;
}

/** A delivery of a room whose people were erased leaves nothing but that it came. */
function allowed(delivery: NewDelivery, rooms: Rooms): NewDelivery {
  const room =
    delivery.room === null ? null : rooms.get(roomName(delivery.sourceId, delivery.room));
  if (room?.erasedAt == null) return delivery;
  return { ...delivery, status: "ignored", reason: ERASED, body: new Uint8Array() };
}

/** What a kept delivery tells. */
export interface Told {
  sourceId: string;
  rules: Rules;
  about: Occurrence;
  deliveryId: number;
}

/** Files what kept deliveries tell in their locked rooms, and tells what that changes. */
export async function fileDeliveries(
  tx: Transaction,
  told: readonly Told[],
  rooms: Rooms,
  now: Ms,
): Promise<void> {
  await tell(tx, await newsOf(tx, told, rooms), now);
}

/** Calls the locked rooms what they are called now, and answers what kept deliveries tell of each. */
export async function newsOf(
  tx: Transaction,
  told: readonly Told[],
  rooms: Rooms,
): Promise<RoomNews[]> {
  const byRoom = Map.groupBy(told, ({ sourceId, about }) => roomName(sourceId, about.room));
  const heard = [...byRoom].flatMap(([name, own]) => {
    const room = rooms.get(name);
    const [first] = own;
    return room && first && room.erasedAt === null ? [{ room, own, rules: first.rules }] : [];
  });
  const titled = heard.flatMap(({ room, own }) => {
    const title = latestTitle(own);
    return title ? [{ room, title }] : [];
  });
  await titleRooms(tx, titled);
  const current = await currentMeetings(
    tx,
    heard.map(({ room }) => room),
  );
  return heard.map(({ room, own, rules }): RoomNews => {
    return { room, rules, arrived: own.flatMap(events), current: current.get(room.id) ?? null };
  });
}

/** Tells what the news changes in its locked rooms, writes it, and rings; then erases what was deleted. */
async function tell(tx: Transaction, news: readonly RoomNews[], now: Ms): Promise<void> {
  const ordinary = news
    .map((own) => ({ ...own, arrived: own.arrived.filter(({ event }) => !isDeletion(event)) }))
    .filter(({ arrived }) => arrived.length > 0);
  if (ordinary.length > 0) {
    const change = noChange();
    const declined = await advanceRooms(tx, ordinary, change, now);
    if (declined.length > 0) {
      await retellRooms(
        tx,
        declined.map((own) => ({ ...own, stale: [] })),
        change,
        now,
      );
    }
    await writeChange(tx, change);
  }
  const erasures = news.flatMap((own) => erasureIn(own) ?? []);
  if (erasures.length > 0) await eraseRooms(tx, erasures, now);
}

/** The first deletion among what came of a room. */
export function erasureIn({ room, rules, arrived }: Omit<RoomNews, "current">): Erasure | null {
  let first: Erasure | null = null;
  for (const { event, deliveryId } of arrived) {
    if (event.type === "data_deleted" && (first === null || event.at < first.event.at)) {
      first = { room, rules, event, deliveryId };
    }
  }
  return first;
}

function isDeletion({ type }: MeetingEvent): boolean {
  return type === "data_deleted";
}

/** What the latest that says so calls its room. */
export function latestTitle(told: readonly Pick<Told, "about">[]): RoomTitle | null {
  return told.reduce<RoomTitle | null>((latest, { about }) => {
    const title = titleOf(about);
    return title ? laterTitle(latest, title) : latest;
  }, null);
}

/** What an occurrence calls its room, and when. */
export function titleOf({ title, events }: Occurrence): RoomTitle | null {
  return title === null ? null : { title, at: Math.max(...events.map(({ at }) => at)) };
}

function events({ about, deliveryId }: Told): RoomNews["arrived"] {
  return about.events.map((event) => ({ event, deliveryId }));
}
