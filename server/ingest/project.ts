import type { RecordingClient } from "#db/connection/client.ts";
import type { Transaction } from "#db/connection/session.ts";
import { sourcesWithErased } from "#db/privacy/erasure/erased-people.ts";
import type { NewDelivery } from "#db/recording/deliveries.ts";
import { eraseDeliveries } from "#db/recording/erasing.ts";
import { loadCurrent } from "#db/recording/load.ts";
import {
  callRooms,
  laterTitle,
  lockFreeRoomsOf,
  lockRooms,
  placeRooms,
  type RoomKey,
  type RoomTitle,
  titleRooms,
  unsettleRooms,
} from "#db/recording/rooms.ts";
import { claim, type Unprojected } from "#db/recording/unprojected.ts";
import { isAboutParticipant, type MeetingEvent } from "#domain/event/event.ts";
import { titleByRule } from "#domain/participant/room-title.ts";
import type { Rules } from "#domain/participant/rules.ts";
import { reportedBy } from "#domain/participant/watchers.ts";
import { erasureIn } from "#domain/projection/erase-room.ts";
import { NOTHING_STALE, type RoomInput } from "#domain/projection/news.ts";
import type { MeetingState, Room } from "#domain/projection/state.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { RoomEvents } from "#server/providers/contract/contract.ts";
import { processCounts } from "#server/runtime/counts.ts";
import { withoutErased } from "./late-erased.ts";
import { eraseNews, projectNews } from "./project-news.ts";
import type { RulesCache } from "./rules-cache.ts";

/** A stored delivery that is to be projected, as it was read. */
export interface Projectable extends Unprojected {
  /** Its room and events; `null` where it has none. */
  about: RoomEvents | null;
}

/** The same where it may still have to be read from its body. */
export type Kept = Unprojected | Projectable;

/**
 * Projects stored deliveries in one transaction and a constant number of statements: locks their rooms, records
 * their events, projects the people concerned, moves the meetings' numbers and notifies the bus once. Returns the
 * deliveries whose rooms are locked by another transaction: these are left as they were.
 */
export async function project(
  database: RecordingClient,
  batch: readonly Projectable[],
  rulesOf: RulesCache,
  now: Ms,
): Promise<Projectable[]> {
  const { projection } = processCounts();
  const sources = [...new Set(batch.map(({ sourceId }) => sourceId))];
  const { left, fresh } = await database.transaction(async (tx) => {
    const [locked, rules] = await Promise.all([
      lockFreeRoomsOf(tx, keysOf(batch)),
      rulesOf(sources),
    ]);
    const rooms = byName(locked);
    const roomOf = ({ sourceId, room }: Projectable) => rooms.get(roomName(sourceId, room));
    const free = batch.filter((one) => roomOf(one) !== undefined);
    const [claimed, before] = await Promise.all([
      claim(tx, idsOf(free), now),
      readBefore(tx, locked, sources),
    ]);
    const fresh = batch.filter(({ deliveryId }) => claimed.has(deliveryId));
    const erased = fresh.filter((one) => roomOf(one)?.erasedAt != null);
    if (erased.length > 0) await eraseDeliveries(tx, idsOf(erased));
    const withEvents = fresh.flatMap(({ sourceId, about, deliveryId }) => {
      const own = rules.get(sourceId);
      return own && about ? [{ sourceId, rules: own, about, deliveryId }] : [];
    });
    if (withEvents.length > 0) await fileDeliveries(tx, withEvents, rooms, now, before);
    return { left: batch.filter((one) => roomOf(one) === undefined), fresh };
  });
  projection.deliveries += fresh.length;
  for (const { about } of fresh) projection.events += about?.events.length ?? 0;
  return left;
}

function idsOf(deliveries: readonly Projectable[]): number[] {
  return deliveries.map(({ deliveryId }) => deliveryId);
}

/** Locked rooms, by `roomName`. */
export type Rooms = ReadonlyMap<string, Room>;

/** Locks every room that deliveries name, whether it is new or not. */
export async function lockRoomsOf(tx: Transaction, deliveries: readonly Named[]): Promise<Rooms> {
  const keys = keysOf(deliveries);
  return byName(keys.length > 0 ? await lockRooms(tx, keys) : []);
}

type Named = Pick<NewDelivery, "sourceId" | "room">;

function keysOf(deliveries: readonly Named[]): RoomKey[] {
  const keys = new Map<string, RoomKey>();
  for (const { sourceId, room: key } of deliveries) {
    if (key !== null) keys.set(roomName(sourceId, key), { sourceId, key });
  }
  return [...keys.values()];
}

/** By each name that leads there: its own, and those of the rooms whose meetings are in it. */
function byName(rooms: readonly Room[]): Rooms {
  return new Map(
    rooms.flatMap((room) =>
      [room.key, ...room.others.map(({ key }) => key)].map(
        (key) => [roomName(room.sourceId, key), room] as const,
      ),
    ),
  );
}

export function roomName(sourceId: string, key: string): string {
  return `${sourceId} ${key}`;
}

/** The events of a stored delivery, and the rules that project them. */
export interface DeliveryEvents {
  sourceId: string;
  rules: Rules;
  about: RoomEvents;
  deliveryId: number;
}

/** What is read of locked rooms and of sources whatever their deliveries say. */
interface Before {
  current: ReadonlyMap<number, MeetingState>;
  /** The sources of which somebody was erased. */
  withErased: ReadonlySet<string>;
}

/** Two statements, sent together. */
async function readBefore(
  tx: Transaction,
  locked: readonly Room[],
  sources: readonly string[],
): Promise<Before> {
  const [current, withErased] = await Promise.all([
    loadCurrent(tx, locked),
    sourcesWithErased(tx, sources),
  ]);
  return { current, withErased };
}

/** Records the events of stored deliveries in their locked rooms and projects them; then erases what was deleted. */
export async function fileDeliveries(
  tx: Transaction,
  deliveries: readonly DeliveryEvents[],
  rooms: Rooms,
  now: Ms,
  before?: Before,
): Promise<void> {
  const news = await newsOf(tx, deliveries, rooms, before);
  const ordinary = news
    .map((own) => ({ ...own, arrived: own.arrived.filter(({ event }) => !isDeletion(event)) }))
    .filter(({ arrived }) => arrived.length > 0);
  if (ordinary.length > 0) await projectNews(tx, ordinary, now);
  const erasures = news.flatMap((own) => erasureIn(own) ?? []);
  if (erasures.length > 0) await eraseNews(tx, erasures, now);
}

/**
 * Gives the locked rooms their latest titles, and returns the new events of each: without the names of who was erased.
 */
export async function newsOf(
  tx: Transaction,
  given: readonly DeliveryEvents[],
  rooms: Rooms,
  before?: Before,
): Promise<RoomInput[]> {
  const sources = [...new Set(given.map(({ sourceId }) => sourceId))];
  const { current, withErased } =
    before ?? (await readBefore(tx, [...new Set(rooms.values())], sources));
  const deliveries = await withoutErased(tx, given, withErased);
  const byRoom = Map.groupBy(deliveries, ({ sourceId, about }) =>
    rooms.get(roomName(sourceId, about.room)),
  );
  const received = [...byRoom].flatMap(([room, own]) => {
    const [first] = own;
    return room && first && room.erasedAt === null ? [{ room, own, rules: first.rules }] : [];
  });
  const titled = received.flatMap(({ room, own }) => {
    const title = latestTitle(own);
    return title ? [{ room, title }] : [];
  });
  await titleRooms(tx, titled);
  await callRooms(
    tx,
    received.flatMap(({ room, own, rules }) => {
      const isCalled = room.title !== null || latestTitle(own) !== null;
      const title = isCalled ? null : titleByRule(room.key, rules.roomTitles);
      return title === null ? [] : [{ ...room, title }];
    }),
  );
  await placeAndUnsettle(tx, received);
  return received.map(({ room, own, rules }): RoomInput => {
    const latest = current.get(room.id) ?? null;
    const arrived = own.flatMap((delivery) => events(delivery, room));
    return { room, rules, arrived, current: latest, ...NOTHING_STALE };
  });
}

interface Received {
  room: Room;
  own: readonly DeliveryEvents[];
}

/** Most rooms are of no place that is known, and cost nothing. */
async function placeAndUnsettle(tx: Transaction, received: readonly Received[]): Promise<void> {
  const placed = received.flatMap(({ room, own }) => {
    const place = room.place ?? placeIn(room, own);
    return place === null ? [] : [{ room, own, place }];
  });
  if (placed.length === 0) return;
  const told = placed.filter(({ room }) => room.place === null);
  await placeRooms(
    tx,
    told.map(({ room: { id }, place }) => ({ id, place })),
  );
  const unsettled = placed.filter(({ room, own }) => room.place === null || mayBeOther(room, own));
  await unsettleRooms(
    tx,
    unsettled.map(({ room }) => room.id),
  );
}

function placeIn({ key }: Room, own: readonly DeliveryEvents[]): string | null {
  return (
    own.find(({ about }) => about.room === key && about.place !== undefined)?.about.place ?? null
  );
}

/** Whether when an observer watched may be otherwise now: it came or went, or reported for the first time. */
function mayBeOther({ currentMeetingId }: Room, own: readonly DeliveryEvents[]): boolean {
  const isOfObserver = own.some(({ about }) =>
    about.events.some((event) => !isAboutParticipant(event)),
  );
  return isOfObserver || currentMeetingId === null;
}

function isDeletion({ type }: MeetingEvent): boolean {
  return type === "data_deleted";
}

/** The title in the latest delivery that has one. */
export function latestTitle(
  deliveries: readonly Pick<DeliveryEvents, "about">[],
): RoomTitle | null {
  return deliveries.reduce<RoomTitle | null>((latest, { about }) => {
    const title = titleOf(about);
    return title ? laterTitle(latest, title) : latest;
  }, null);
}

/** The title of the room in an occurrence, and when it had it. */
export function titleOf({ title, events }: RoomEvents): RoomTitle | null {
  return title === null || events.length === 0
    ? null
    : { title, at: Math.max(...events.map(({ at }) => at)) };
}

/** What another observer than the room's own reported says so. */
function events({ about, deliveryId }: DeliveryEvents, { key }: Room): RoomInput["arrived"] {
  return about.events.map((event) => ({
    event: about.room === key ? event : reportedBy(event, about.room),
    deliveryId,
  }));
}
