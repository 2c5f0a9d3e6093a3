import type { Database, Transaction } from "#db/client.ts";
import { eventsOfMeetings, type FiledEvent } from "#db/recording/events.ts";
import { countLeft } from "#db/recording/left.ts";
import { meetingsById } from "#db/recording/meetings.ts";
import {
  BEFORE_ALL,
  meetingsAfter,
  type Place,
  type PlacedMeeting,
} from "#db/recording/replaying.ts";
import {
  laterTitle,
  lockRoomsById,
  type Room,
  type RoomTitle,
  titleRooms,
} from "#db/recording/rooms.ts";
import type { Ms } from "#domain/event.ts";
import { currentMeetings } from "#server/ingest/advance-rooms.ts";
import { type Change, noChange, writeChange } from "#server/ingest/change.ts";
import { eraseRooms } from "#server/ingest/erase-rooms.ts";
import { erasureIn } from "#server/ingest/record.ts";
import { type Retelling, retellRooms } from "#server/ingest/retell-rooms.ts";
import { patiently } from "./patiently.ts";
import type { Progress } from "./progress.ts";
import { compare } from "./replay-compare.ts";
import { rulesBySource } from "./reread.ts";

const MEETINGS_AT_ONCE = 500;

export interface RoomSettings {
  now: () => Ms;
  /** Events that are told again in one transaction: whole meetings, one at least. */
  eventsAtOnce: number;
  /** Tells those people anew of whom something changes, because nobody tells everybody afterwards. */
  peopleAnew: boolean;
}

export interface ToldAgain {
  deliveries: number;
  changed: number;
}

/**
 * Tells the meetings of rooms again from what their deliveries say now, as many in one transaction as may be
 * in memory. A room that was erased is left. The ids are in their order.
 */
export async function replayRooms(
  database: Database,
  roomIds: readonly number[],
  settings: RoomSettings,
  progress: Progress,
): Promise<ToldAgain> {
  const told = { deliveries: 0, changed: 0 };
  let after: Place | null = BEFORE_ALL;
  while (after !== null) {
    const from: Place = after;
    const left = roomIds.filter((id) => id >= from.roomId);
    const stretch = await patiently(() =>
      database.transaction((tx) => replayStretch(database, tx, left, from, settings)),
    );
    after = stretch.next;
    told.deliveries += stretch.deliveries;
    told.changed += stretch.changed;
    progress.add(stretch.events);
  }
  return told;
}

interface Stretch extends ToldAgain {
  events: number;
  /** Behind which to go on; `null` when there is nothing more. */
  next: Place | null;
}

const NOTHING: Stretch = { deliveries: 0, changed: 0, events: 0, next: null };

/** The next meetings of the rooms, together. */
async function replayStretch(
  database: Database,
  tx: Transaction,
  roomIds: readonly number[],
  after: Place,
  { eventsAtOnce, now, peopleAnew }: RoomSettings,
): Promise<Stretch> {
  const locked = (await lockRoomsById(tx, roomIds)).filter(({ erasedAt }) => erasedAt === null);
  if (locked.length === 0) return NOTHING;
  const [rules, found] = await Promise.all([
    rulesBySource(
      database,
      locked.map(({ sourceId }) => sourceId),
    ),
    meetingsAfter(
      tx,
      locked.map(({ id }) => id),
      after,
      MEETINGS_AT_ONCE,
    ),
  ]);
  const places = upTo(found, eventsAtOnce);
  const last = places.at(-1);
  if (!last) return NOTHING;
  const isAll = places.length === found.length && found.length < MEETINGS_AT_ONCE;
  const told = new Set(places.map(({ roomId }) => roomId));
  const rooms = locked.filter(({ id }) => told.has(id));
  const ids = places.map(({ id }) => id);
  const [filed, meetings, current] = await Promise.all([
    eventsOfMeetings(tx, ids),
    meetingsById(tx, ids),
    currentMeetings(tx, rooms),
  ]);
  const { deliveries, withdrawn, arrived, titles } = await compare(tx, filed);
  const roomOf = new Map(places.map(({ id, roomId }) => [id, roomId]));
  await titleRooms(tx, latestTitles(rooms, roomOf, titles));
  const arrivedIn = Map.groupBy(arrived, ({ meetingId }) => roomOf.get(meetingId));
  const filedIn = Map.groupBy(filed, ({ meetingId }) => roomOf.get(meetingId));
  const meetingsIn = Map.groupBy(meetings, ({ roomId }) => roomId);
  const news = rooms.flatMap((room): (Retelling & { filed: FiledEvent[] })[] => {
    const own = rules.get(room.sourceId);
    if (!own) return [];
    return [
      {
        room,
        rules: own,
        arrived: arrivedIn.get(room.id) ?? [],
        current: current.get(room.id) ?? null,
        stale: meetingsIn.get(room.id) ?? [],
        withdrawn,
        filed: filedIn.get(room.id) ?? [],
      },
    ];
  });
  const change = noChange();
  const ordinary = news.map((own) => ({
    ...own,
    arrived: own.arrived.filter(({ event }) => event.type !== "data_deleted"),
  }));
  await retellRooms(tx, ordinary, change, now());
  // What was kept of them may have been wrong: then a difference would only move it.
  if (peopleAnew) for (const move of change.people) move.anew = true;
  await writeChange(tx, change);
  await countLeft(tx, ids);
  const erasures = news.flatMap(({ room, rules: own, arrived: fresh, filed: known }) => {
    const deletions = known.filter(({ deliveryId }) => !withdrawn.has(deliveryId ?? 0));
    return erasureIn({ room, rules: own, arrived: [...deletions, ...fresh] }) ?? [];
  });
  if (erasures.length > 0) await eraseRooms(tx, erasures, now());
  return {
    deliveries,
    changed: withdrawn.size,
    events: filed.length,
    next: passedOver(change, new Set(ids), last) ?? (isAll ? null : last),
  };
}

/**
 * What is not read yet may now lie in a meeting that stands before where it goes on, or one may begin earlier:
 * then it goes on before the first of these, so that nothing is passed over. It ends, because what is told a
 * second time changes nothing.
 */
function passedOver(
  { refiled, appended, meetings }: Change,
  read: ReadonlySet<string>,
  last: Place,
): Place | null {
  const taken = new Set(
    refiled.flatMap(({ from, meetingId }) => (read.has(from.meetingId) ? [] : meetingId)),
  );
  const fresh = Map.groupBy([...refiled, ...appended], ({ meetingId }) => meetingId);
  const [first] = meetings
    .filter(({ id, seq }) => {
      const isKnown = seq > (fresh.get(id)?.length ?? 0);
      return taken.has(id) || (isKnown && !read.has(id));
    })
    .map(({ roomId, tally }) => ({ ...BEFORE_ALL, roomId, firstAt: tally.firstAt ?? 0 }))
    .filter((place) => byPlace(place, last) <= 0)
    .toSorted(byPlace);
  return first ?? null;
}

function byPlace(a: Place, b: Place): number {
  return a.roomId - b.roomId || a.firstAt - b.firstAt;
}

function latestTitles(
  rooms: readonly Room[],
  roomOf: ReadonlyMap<string, number>,
  titles: ReadonlyMap<string, RoomTitle>,
): { room: Room; title: RoomTitle }[] {
  const inRoom = Map.groupBy(titles, ([meetingId]) => roomOf.get(meetingId));
  return rooms.flatMap((room) => {
    const own = inRoom.get(room.id) ?? [];
    const title = own.reduce<RoomTitle | null>((a, [, b]) => laterTitle(a, b), null);
    return title ? [{ room, title }] : [];
  });
}

/** The first meetings that have so many events together, one at least. */
function upTo(meetings: readonly PlacedMeeting[], events: number): PlacedMeeting[] {
  let sum = 0;
  const beyond = meetings.findIndex(({ seq }, index) => {
    sum += seq;
    return index > 0 && sum > events;
  });
  return meetings.slice(0, beyond === -1 ? meetings.length : beyond);
}
