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
import {
  laterTitle,
  lockRoomsById,
  placeRooms,
  type RoomTitle,
  titleRooms,
  unsettleRooms,
} from "#db/recording/rooms.ts";
import { mendWaits } from "#db/recording/waits.ts";
import type { Changes } from "#domain/projection/changes.ts";
import { erasureIn } from "#domain/projection/erase-room.ts";
import type { RoomInput } from "#domain/projection/news.ts";
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
  /** Events that are projected again in one transaction: whole meetings, at least one. */
  eventsAtOnce: number;
  /** Recounts the people of whom something changes, because no `replayPeople` follows that recounts all. */
  peopleAnew: boolean;
  /** Whether it is to go on, asked before each transaction. Always, where it is left out. */
  goesOn?: () => Promise<boolean>;
}

export interface RebuiltRooms {
  deliveries: number;
  changed: number;
}

/**
 * Projects the meetings of rooms again from what their deliveries say now, as many in one transaction as may be
 * in memory. Leaves out erased rooms. `roomIds` are sorted.
 */
export async function replayRooms(
  database: Database,
  roomIds: readonly number[],
  settings: ReplayRoomsOptions,
  progress: JobProgress,
): Promise<RebuiltRooms> {
  const total = { deliveries: 0, changed: 0 };
  let after: ReplayPosition | null = REPLAY_START;
  while (after !== null && (settings.goesOn === undefined || (await settings.goesOn()))) {
    const from: ReplayPosition = after;
    const left = roomIds.filter((id) => id >= from.roomId);
    const done = await retryWhileBusy(() =>
      database.transaction((tx) => replayChunk(database, tx, left, from, settings)),
    );
    after = done.next;
    total.deliveries += done.deliveries;
    total.changed += done.changed;
    progress.add(done.events);
  }
  return total;
}

interface Done extends RebuiltRooms {
  events: number;
  /** The position to go on after; `null` when no meeting is left. */
  next: ReplayPosition | null;
}

/** Projects the next meetings of the rooms, together. */
async function replayChunk(
  database: Database,
  tx: Transaction,
  roomIds: readonly number[],
  after: ReplayPosition,
  { eventsAtOnce, now, peopleAnew }: ReplayRoomsOptions,
): Promise<Done> {
  const chunk = await nextChunk(tx, roomIds, after, eventsAtOnce);
  if (chunk === null) return { deliveries: 0, changed: 0, events: 0, next: null };
  const compared = await compare(tx, chunk.recorded);
  await titleRooms(tx, latestTitles(chunk, compared));
  await placeAnew(tx, chunk, compared);
  const news = await newsOf(database, tx, chunk, compared);
  const ordinary = news.map((own) => ({
    ...own,
    arrived: own.arrived.filter(({ event }) => event.type !== "data_deleted"),
  }));
  // Changes of waits are computed from the attendances, so the stored waits have to agree with these before.
  await mendWaits(tx, chunk.ids);
  const changes = await planNews(tx, ordinary, now());
  // The stored rows may have been wrong: a difference would only move the error.
  const people = changes.people.map((move) => (peopleAnew ? { ...move, anew: true } : move));
  await writeChanges(tx, { ...changes, people });
  await countLeft(tx, chunk.ids);
  const erasures = news.flatMap((own) => {
    const deletions = own.recorded.filter(
      ({ deliveryId }) => !compared.withdrawn.has(deliveryId ?? 0),
    );
    return erasureIn({ ...own, arrived: [...deletions, ...own.arrived] }) ?? [];
  });
  if (erasures.length > 0) await eraseNews(tx, erasures, now());
  return {
    deliveries: compared.deliveries,
    changed: compared.withdrawn.size,
    events: chunk.recorded.length,
    next: positionBefore(changes, chunk) ?? (chunk.isAll ? null : chunk.last),
  };
}

/** Meetings that are projected together, with their events. Their rooms are locked. */
interface Chunk {
  rooms: Room[];
  ids: string[];
  recorded: RecordedEvent[];
  roomOf: Map<string, number>;
  last: ReplayPosition;
  /** Whether no meeting comes after them. */
  isAll: boolean;
}

async function nextChunk(
  tx: Transaction,
  roomIds: readonly number[],
  after: ReplayPosition,
  eventsAtOnce: number,
): Promise<Chunk | null> {
  const locked = (await lockRoomsById(tx, roomIds)).filter(({ erasedAt }) => erasedAt === null);
  const lockedIds = locked.map(({ id }) => id);
  const found = await meetingsAfter(tx, lockedIds, after, MEETINGS_AT_ONCE);
  const meetings = upTo(found, eventsAtOnce);
  const last = meetings.at(-1);
  if (!last) return null;
  const ids = meetings.map(({ id }) => id);
  const roomOf = new Map(meetings.map(({ id, roomId }) => [id, roomId]));
  const roomsRead = new Set(roomOf.values());
  return {
    rooms: locked.filter(({ id }) => roomsRead.has(id)),
    ids,
    recorded: await eventsOfMeetings(tx, ids),
    roomOf,
    last,
    isAll: meetings.length === found.length && found.length < MEETINGS_AT_ONCE,
  };
}

/** What is to be projected in each room; nothing for one whose provider no longer exists. */
async function newsOf(
  database: Database,
  tx: Transaction,
  { rooms, ids, recorded, roomOf }: Chunk,
  { withdrawn, arrived }: Compared,
): Promise<(RoomInput & { recorded: RecordedEvent[] })[]> {
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
  const [arrivedIn, recordedIn] = [inRoom(arrived), inRoom(recorded)];
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
      recorded: recordedIn.get(room.id) ?? [],
    };
  });
}

/**
 * Events may have moved into a meeting that was not read and lies before `last`, or such a meeting may begin
 * earlier now. Then the replay goes on before the first of these, so that none is left out. It ends, because
 * projecting a meeting a second time changes nothing.
 */
function positionBefore(
  { refiled, appended, meetings }: Changes,
  { ids, last }: Chunk,
): ReplayPosition | null {
  const read = new Set(ids);
  const taken = new Set(
    refiled.flatMap(({ from, meetingId }) => (read.has(from.meetingId) ? [] : meetingId)),
  );
  const fresh = Map.groupBy([...refiled, ...appended], ({ meetingId }) => meetingId);
  const [first] = meetings
    .filter(({ id, seq }) => {
      const wasThere = seq > (fresh.get(id)?.length ?? 0);
      return taken.has(id) || (wasThere && !read.has(id));
    })
    .map(({ roomId, tally }) => ({ ...REPLAY_START, roomId, firstAt: tally.firstAt ?? 0 }))
    .filter((position) => byPosition(position, last) <= 0)
    .toSorted(byPosition);
  return first ?? null;
}

function byPosition(a: ReplayPosition, b: ReplayPosition): number {
  return a.roomId - b.roomId || a.firstAt - b.firstAt;
}

/** Rooms of which no place was known yet are looked at with others of theirs. */
async function placeAnew(
  tx: Transaction,
  { rooms, roomOf }: Chunk,
  { places }: Compared,
): Promise<void> {
  const found = [...places].flatMap(([meetingId, { room: key, place }]) => {
    const room = rooms.find(({ id }) => id === roomOf.get(meetingId));
    return room?.place === null && room.key === key ? [{ id: room.id, place }] : [];
  });
  await placeRooms(tx, found);
  await unsettleRooms(
    tx,
    found.map(({ id }) => id),
  );
}

function latestTitles(
  { rooms, roomOf }: Chunk,
  { titles }: Compared,
): { room: Room; title: RoomTitle }[] {
  const inRoom = Map.groupBy(titles, ([meetingId]) => roomOf.get(meetingId));
  return rooms.flatMap((room) => {
    const own = inRoom.get(room.id) ?? [];
    const title = own.reduce<RoomTitle | null>((a, [, b]) => laterTitle(a, b), null);
    return title ? [{ room, title }] : [];
  });
}

/** The first meetings that have at most so many events together, but at least one meeting. */
function upTo(meetings: readonly PositionedMeeting[], events: number): PositionedMeeting[] {
  let sum = 0;
  const beyond = meetings.findIndex(({ seq }, index) => {
    sum += seq;
    return index > 0 && sum > events;
  });
  return meetings.slice(0, beyond === -1 ? meetings.length : beyond);
}
