import type { Database } from "#db/connection/client.ts";
import type { Transaction } from "#db/connection/session.ts";
import { eventsOfMeetings } from "#db/recording/events.ts";
import { countLeft } from "#db/recording/left.ts";
import { loadCurrent } from "#db/recording/load.ts";
import { meetingsById } from "#db/recording/meetings.ts";
import {
  meetingsAfter,
  type PositionedMeeting,
  REPLAY_START,
  type ReplayPosition,
} from "#db/recording/replaying.ts";
import { laterTitle, lockRoomsById, type RoomTitle, titleRooms } from "#db/recording/rooms.ts";
import { mendWaits } from "#db/recording/waits.ts";
import type { Changes } from "#domain/projection/changes.ts";
import { erasureIn } from "#domain/projection/erase-room.ts";
import type { RoomNews } from "#domain/projection/news.ts";
import type { RecordedEvent, Room } from "#domain/projection/state.ts";
import type { Ms } from "#domain/time/ms.ts";
import { eraseNews, planNews, writeChanges } from "#server/ingest/project-news.ts";
import { rulesBySource } from "#server/ingest/reread.ts";
import { retryWhileBusy } from "#server/runtime/retry-while-busy.ts";
import type { JobProgress } from "./progress.ts";
import { type Compared, compare } from "./replay-compare.ts";

const MEETINGS_AT_ONCE = 500;

export interface ReplayRoomsOptions {
  now: () => Ms;
  /** Events that are told again in one transaction: whole meetings, one at least. */
  eventsAtOnce: number;
  /** Tells those people anew of whom something changes, because nobody tells everybody afterwards. */
  peopleAnew: boolean;
}

export interface RebuiltRooms {
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
  settings: ReplayRoomsOptions,
  progress: JobProgress,
): Promise<RebuiltRooms> {
  const projected = { deliveries: 0, changed: 0 };
  let after: ReplayPosition | null = REPLAY_START;
  while (after !== null) {
    const from: ReplayPosition = after;
    const left = roomIds.filter((id) => id >= from.roomId);
    const interval = await retryWhileBusy(() =>
      database.transaction((tx) => replayStretch(database, tx, left, from, settings)),
    );
    after = interval.next;
    projected.deliveries += interval.deliveries;
    projected.changed += interval.changed;
    progress.add(interval.events);
  }
  return projected;
}

interface Done extends RebuiltRooms {
  events: number;
  /** Behind which to go on; `null` when there is nothing more. */
  next: ReplayPosition | null;
}

/** Tells the next meetings of the rooms, together. */
async function replayStretch(
  database: Database,
  tx: Transaction,
  roomIds: readonly number[],
  after: ReplayPosition,
  { eventsAtOnce, now, peopleAnew }: ReplayRoomsOptions,
): Promise<Done> {
  const interval = await nextStretch(tx, roomIds, after, eventsAtOnce);
  if (interval === null) return { deliveries: 0, changed: 0, events: 0, next: null };
  const compared = await compare(tx, interval.filed);
  await titleRooms(tx, latestTitles(interval, compared));
  const news = await newsOf(database, tx, interval, compared);
  const ordinary = news.map((own) => ({
    ...own,
    arrived: own.arrived.filter(({ event }) => event.type !== "data_deleted"),
  }));
  // What changes of waits is told from attendances, so they have to be of one mind before.
  await mendWaits(tx, interval.ids);
  const changes = await planNews(tx, ordinary, now());
  // What was kept of them may have been wrong: then a difference would only move it.
  const people = changes.people.map((move) => (peopleAnew ? { ...move, anew: true } : move));
  await writeChanges(tx, { ...changes, people });
  await countLeft(tx, interval.ids);
  const erasures = news.flatMap((own) => {
    const deletions = own.filed.filter(
      ({ deliveryId }) => !compared.withdrawn.has(deliveryId ?? 0),
    );
    return erasureIn({ ...own, arrived: [...deletions, ...own.arrived] }) ?? [];
  });
  if (erasures.length > 0) await eraseNews(tx, erasures, now());
  return {
    deliveries: compared.deliveries,
    changed: compared.withdrawn.size,
    events: interval.filed.length,
    next: passedOver(changes, interval) ?? (interval.isAll ? null : interval.last),
  };
}

/** Meetings that are told together, with their events. Their rooms are locked. */
interface Stretch {
  rooms: Room[];
  ids: string[];
  filed: RecordedEvent[];
  roomOf: Map<string, number>;
  last: ReplayPosition;
  /** Nothing comes after them. */
  isAll: boolean;
}

async function nextStretch(
  tx: Transaction,
  roomIds: readonly number[],
  after: ReplayPosition,
  eventsAtOnce: number,
): Promise<Stretch | null> {
  const locked = (await lockRoomsById(tx, roomIds)).filter(({ erasedAt }) => erasedAt === null);
  const lockedIds = locked.map(({ id }) => id);
  const found = await meetingsAfter(tx, lockedIds, after, MEETINGS_AT_ONCE);
  const places = upTo(found, eventsAtOnce);
  const last = places.at(-1);
  if (!last) return null;
  const ids = places.map(({ id }) => id);
  const roomOf = new Map(places.map(({ id, roomId }) => [id, roomId]));
  const projected = new Set(roomOf.values());
  return {
    rooms: locked.filter(({ id }) => projected.has(id)),
    ids,
    filed: await eventsOfMeetings(tx, ids),
    roomOf,
    last,
    isAll: places.length === found.length && found.length < MEETINGS_AT_ONCE,
  };
}

/** What is to be told of each room; nothing of one whose provider is no more. */
async function newsOf(
  database: Database,
  tx: Transaction,
  { rooms, ids, filed, roomOf }: Stretch,
  { withdrawn, arrived }: Compared,
): Promise<(RoomNews & { filed: RecordedEvent[] })[]> {
  const [rules, meetings, current] = await Promise.all([
    rulesBySource(
      database,
      rooms.map(({ sourceId }) => sourceId),
    ),
    meetingsById(tx, ids),
    loadCurrent(tx, rooms),
  ]);
  const inRoom = <Row extends { meetingId: string }>(rows: readonly Row[]) =>
    Map.groupBy(rows, ({ meetingId }) => roomOf.get(meetingId));
  const [arrivedIn, filedIn] = [inRoom(arrived), inRoom(filed)];
  const meetingsIn = Map.groupBy(meetings, ({ roomId }) => roomId);
  return rooms.flatMap((room) => {
    const own = rules.get(room.sourceId);
    if (!own) return [];
    return {
      room,
      rules: own,
      arrived: arrivedIn.get(room.id) ?? [],
      current: current.get(room.id) ?? null,
      stale: meetingsIn.get(room.id) ?? [],
      withdrawn,
      filed: filedIn.get(room.id) ?? [],
    };
  });
}

/**
 * What is not read yet may now lie in a meeting that stands before where it goes on, or one may begin earlier:
 * then it goes on before the first of these, so that nothing is passed over. It ends, because what is told a
 * second time changes nothing.
 */
function passedOver(
  { refiled, appended, meetings }: Changes,
  { ids, last }: Stretch,
): ReplayPosition | null {
  const read = new Set(ids);
  const taken = new Set(
    refiled.flatMap(({ from, meetingId }) => (read.has(from.meetingId) ? [] : meetingId)),
  );
  const fresh = Map.groupBy([...refiled, ...appended], ({ meetingId }) => meetingId);
  const [first] = meetings
    .filter(({ id, seq }) => {
      const isKnown = seq > (fresh.get(id)?.length ?? 0);
      return taken.has(id) || (isKnown && !read.has(id));
    })
    .map(({ roomId, tally }) => ({ ...REPLAY_START, roomId, firstAt: tally.firstAt ?? 0 }))
    .filter((place) => byPlace(place, last) <= 0)
    .toSorted(byPlace);
  return first ?? null;
}

function byPlace(a: ReplayPosition, b: ReplayPosition): number {
  return a.roomId - b.roomId || a.firstAt - b.firstAt;
}

function latestTitles(
  { rooms, roomOf }: Stretch,
  { titles }: Compared,
): { room: Room; title: RoomTitle }[] {
  const inRoom = Map.groupBy(titles, ([meetingId]) => roomOf.get(meetingId));
  return rooms.flatMap((room) => {
    const own = inRoom.get(room.id) ?? [];
    const title = own.reduce<RoomTitle | null>((a, [, b]) => laterTitle(a, b), null);
    return title ? [{ room, title }] : [];
  });
}

/** The first meetings that have so many events together, one at least. */
function upTo(meetings: readonly PositionedMeeting[], events: number): PositionedMeeting[] {
  let sum = 0;
  const beyond = meetings.findIndex(({ seq }, index) => {
    sum += seq;
    return index > 0 && sum > events;
  });
  return meetings.slice(0, beyond === -1 ? meetings.length : beyond);
}
