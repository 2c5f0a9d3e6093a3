import { and, asc, eq, gt, isNull, type SQL, sql } from "drizzle-orm";
import type { Transaction } from "#db/connection/session.ts";
import { rooms } from "#db/schema/projected.ts";
import { insertNew, isOneOf, unnested, updateAll } from "#db/sql/batch.ts";
import { wordsValue } from "#db/sql/searching.ts";
import type { OtherRoom, Room, RoomState } from "#domain/projection/state.ts";
import type { Ms } from "#domain/time/ms.ts";

export type RoomKey = Pick<Room, "sourceId" | "key">;

/** The title of a room at the moment of an event. */
export interface RoomTitle {
  title: string;
  at: Ms;
}

/** A `Room`, of `rooms`. */
export const ROOM = {
  id: rooms.id,
  sourceId: rooms.sourceId,
  key: rooms.key,
  title: rooms.title,
  givenTitle: rooms.givenTitle,
  reportedTitle: rooms.reportedTitle,
  titledAt: rooms.titledAt,
  currentMeetingId: rooms.currentMeetingId,
  unresolvedUntil: rooms.unresolvedUntil,
  lostUntil: rooms.lostUntil,
  erasedAt: rooms.erasedAt,
  place: rooms.place,
  others: otherRooms(),
};

/** The rooms whose meetings are in one, by the index of those: there are hardly any. */
function otherRooms(): SQL<OtherRoom[]> {
  return sql<OtherRoom[]>`coalesce((
    select jsonb_agg(jsonb_build_object('id', o.id, 'key', o.key))
    from ${rooms} o where o.joined_to = ${rooms}.id), '[]')`;
}

/** What to do with rooms that another transaction has locked: wait for them, or skip them. */
type Locking = { skipLocked?: true };
const SKIPPING: Locking = { skipLocked: true };

/**
 * Locks the rooms, in order of their ids so that two batches never deadlock, and makes those that are new.
 * Keys are distinct. No other transaction opens, extends or merges meetings in them until this one ends.
 */
export async function lockRooms(tx: Transaction, keys: readonly RoomKey[]): Promise<Room[]> {
  return lockOrMake(tx, keys, {});
}

/** As `lockRooms`; rooms that another transaction has locked are skipped without waiting. */
export async function lockFreeRoomsOf(tx: Transaction, keys: readonly RoomKey[]): Promise<Room[]> {
  return lockOrMake(tx, keys, SKIPPING);
}

async function lockOrMake(
  tx: Transaction,
  keys: readonly RoomKey[],
  locking: Locking,
): Promise<Room[]> {
  const locked = await lockExisting(tx, keys, locking);
  if (countKeys(locked) >= keys.length) return locked;
  await makeRooms(tx, keys);
  return lockExisting(tx, keys, locking);
}

function countKeys(locked: readonly Room[]): number {
  return locked.reduce((sum, { others }) => sum + 1 + others.length, 0);
}

/** In an order that all share, so that two transactions making the same rooms never deadlock. */
async function makeRooms(tx: Transaction, keys: readonly RoomKey[]): Promise<void> {
  const all = keys.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  const given = unnested("k", { sourceId: rooms.sourceId, key: rooms.key }, all);
  const missing = await tx
    .select({ ...given.of, id: idOf(given.of) })
    .from(given.from)
    .where(isNull(idOf(given.of)));
  await insertNew(
    tx,
    rooms,
    missing.map(({ sourceId, key }) => ({ sourceId, key, words: wordsValue(key) })),
  );
}

function nameOf({ sourceId, key }: RoomKey): string {
  return `${sourceId} ${key}`;
}

/**
 * The room of a key, or the one that its meeting is in, as a subquery: looked up by the index, however many rooms there
 * seem to be.
 */
function idOf(of: { sourceId: SQL; key: SQL }): SQL<number | null> {
  return sql`(
    select coalesce(${rooms.joinedTo}, ${rooms.id}) from ${rooms}
    where ${rooms.sourceId} = ${of.sourceId} and ${rooms.key} = ${of.key})`;
}

async function lockExisting(
  tx: Transaction,
  keys: readonly RoomKey[],
  locking: Locking,
): Promise<Room[]> {
  const given = unnested("k", { sourceId: rooms.sourceId, key: rooms.key }, keys);
  const ids = sql`array(select ${idOf(given.of)} from ${given.from})`;
  return lock(tx, sql`${rooms.id} = any(${ids})`, locking);
}

/** Locks rooms by id, in their order. */
export async function lockRoomsById(tx: Transaction, ids: readonly number[]): Promise<Room[]> {
  return lock(tx, isOneOf(rooms.id, ids), {});
}

/** Locks rooms by id; those that another transaction has locked are skipped. */
export async function lockFreeRooms(tx: Transaction, ids: readonly number[]): Promise<Room[]> {
  return lock(tx, isOneOf(rooms.id, ids), SKIPPING);
}

/** Without those that were joined to another one meanwhile: these are looked for again. */
async function lock(tx: Transaction, where: SQL, locking: Locking): Promise<Room[]> {
  return tx
    .select(ROOM)
    .from(rooms)
    .where(and(where, isNull(rooms.joinedTo)))
    .orderBy(asc(rooms.id))
    .for("update", locking);
}

/**
 * Stores the titles that were reported of locked rooms: of two titles the later counts, whichever is read first. A
 * room is called so, unless an operator says otherwise.
 */
export async function titleRooms(
  tx: Transaction,
  titled: readonly { room: Room; title: RoomTitle }[],
): Promise<void> {
  const changed = titled.filter(({ room, title }) => isLater(title, room));
  await updateAll(
    tx,
    rooms,
    changed.map(({ room: { id, key, givenTitle }, title: { title: reportedTitle, at } }) => {
      const title = givenTitle ?? reportedTitle;
      return { id, title, reportedTitle, titledAt: at, words: wordsValue(key, title) };
    }),
  );
}

/** Removes the title that was reported of a locked room, because the event that gave it is withdrawn. */
export async function untitleRoom(
  tx: Transaction,
  { id, key, givenTitle }: Pick<Room, "id" | "key" | "givenTitle">,
): Promise<void> {
  await tx
    .update(rooms)
    .set({
      title: givenTitle,
      reportedTitle: null,
      titledAt: null,
      words: wordsValue(key, givenTitle),
    })
    .where(eq(rooms.id, id));
}

/** The ids of the next rooms of a source, in their order. */
export async function roomIdsAfter(
  tx: Pick<Transaction, "select">,
  sourceId: string,
  after: number,
  limit: number,
): Promise<number[]> {
  const rows = await tx
    .select({ id: rooms.id })
    .from(rooms)
    .where(and(eq(rooms.sourceId, sourceId), gt(rooms.id, after)))
    .orderBy(asc(rooms.id))
    .limit(limit);
  return rows.map(({ id }) => id);
}

/** Rooms by id, without locking them, in their order. */
export async function roomsById(
  tx: Pick<Transaction, "select">,
  ids: readonly number[],
): Promise<Room[]> {
  return tx.select(ROOM).from(rooms).where(isOneOf(rooms.id, ids)).orderBy(asc(rooms.id));
}

/** Calls rooms by what was entered or follows from a rule. The rooms are locked. */
export async function callRooms(
  tx: Pick<Transaction, "execute">,
  called: readonly Pick<Room, "id" | "key" | "title" | "givenTitle">[],
): Promise<void> {
  await updateAll(
    tx,
    rooms,
    called.map(({ id, key, title, givenTitle }) => {
      return { id, title, givenTitle, words: wordsValue(key, title) };
    }),
  );
}

/** Notes where the meetings of locked rooms are held. */
export async function placeRooms(
  tx: Pick<Transaction, "execute">,
  placed: readonly { id: number; place: string }[],
): Promise<void> {
  await updateAll(tx, rooms, placed);
}

/** Marks locked rooms to be looked at: whether they are one meeting with others of their place. */
export async function unsettleRooms(
  tx: Pick<Transaction, "execute">,
  ids: readonly number[],
): Promise<void> {
  await updateAll(
    tx,
    rooms,
    ids.map((id) => ({ id, isUnsettled: true })),
  );
}

/** Stores the words by which rooms are found. */
export async function keepWordsOfRooms(
  tx: Transaction,
  all: readonly Pick<Room, "id" | "key" | "title">[],
): Promise<void> {
  await updateAll(
    tx,
    rooms,
    all.map(({ id, key, title }) => ({ id, words: wordsValue(key, title) })),
  );
}

function isLater(title: RoomTitle, { reportedTitle: current, titledAt }: Room): boolean {
  if (current === null || titledAt === null) return true;
  return laterTitle({ title: current, at: titledAt }, title) === title;
}

/** Of two titles the one that counts: the first where they are the same. */
export function laterTitle(a: RoomTitle | null, b: RoomTitle): RoomTitle {
  if (a === null) return b;
  return b.at > a.at || (b.at === a.at && b.title > a.title) ? b : a;
}

export async function keepRooms(tx: Transaction, all: readonly RoomState[]): Promise<void> {
  await updateAll(tx, rooms, all);
}
