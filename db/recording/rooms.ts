import { asc, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Transaction } from "#db/connection/session.ts";
import { rooms } from "#db/schema/projected.ts";
import { insertNew, isOneOf, unnested, updateAll } from "#db/sql/batch.ts";
import { keptWords } from "#db/sql/searching.ts";
import type { Room, RoomState } from "#domain/projection/state.ts";
import type { Ms } from "#domain/time/ms.ts";

export type RoomKey = Pick<Room, "sourceId" | "key">;

/** What a room was called as something happened in it. */
export interface RoomTitle {
  title: string;
  at: Ms;
}

const ROOM = {
  id: rooms.id,
  sourceId: rooms.sourceId,
  key: rooms.key,
  title: rooms.title,
  titledAt: rooms.titledAt,
  currentMeetingId: rooms.currentMeetingId,
  unresolvedUntil: rooms.unresolvedUntil,
  lostUntil: rooms.lostUntil,
  erasedAt: rooms.erasedAt,
};

/** What becomes of rooms that somebody else holds: they are waited for, or left out. */
type Held = { skipLocked?: true };
const LEFT_OUT: Held = { skipLocked: true };

/**
 * Locks the rooms, in order of their ids so that two batches never wait for each other in a circle, and
 * makes those that are new. Keys are distinct. Nobody else opens, extends or merges meetings in them
 * until the transaction ends.
 */
export async function lockRooms(tx: Transaction, keys: readonly RoomKey[]): Promise<Room[]> {
  return lockMade(tx, keys, {});
}

/** As `lockRooms`; those that somebody else holds are left out, and waited for by nobody. */
export async function lockFreeRoomsOf(tx: Transaction, keys: readonly RoomKey[]): Promise<Room[]> {
  return lockMade(tx, keys, LEFT_OUT);
}

async function lockMade(tx: Transaction, keys: readonly RoomKey[], held: Held): Promise<Room[]> {
  const known = await lockKnown(tx, keys, held);
  if (known.length === keys.length) return known;
  await makeRooms(tx, keys);
  return lockKnown(tx, keys, held);
}

/** In an order that all share, so that nobody waits in a circle for rooms that others make. */
async function makeRooms(tx: Transaction, keys: readonly RoomKey[]): Promise<void> {
  const all = keys.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  const given = unnested("k", { sourceId: rooms.sourceId, key: rooms.key }, all);
  const known = await tx
    .select({ ...given.of, id: idOf(given.of) })
    .from(given.from)
    .where(isNull(idOf(given.of)));
  await insertNew(
    tx,
    rooms,
    known.map(({ sourceId, key }) => ({ sourceId, key, words: keptWords(key) })),
  );
}

function nameOf({ sourceId, key }: RoomKey): string {
  return `${sourceId} ${key}`;
}

/** The room of a key, asked as a value: by the index, however many rooms there seem to be. */
function idOf(of: { sourceId: SQL; key: SQL }): SQL<number | null> {
  return sql`(
    select ${rooms.id} from ${rooms}
    where ${rooms.sourceId} = ${of.sourceId} and ${rooms.key} = ${of.key})`;
}

async function lockKnown(tx: Transaction, keys: readonly RoomKey[], held: Held): Promise<Room[]> {
  const given = unnested("k", { sourceId: rooms.sourceId, key: rooms.key }, keys);
  const ids = sql`array(select ${idOf(given.of)} from ${given.from})`;
  return lock(tx, sql`${rooms.id} = any(${ids})`, held);
}

/** Locks rooms by id, in their order. */
export async function lockRoomsById(tx: Transaction, ids: readonly number[]): Promise<Room[]> {
  return lock(tx, isOneOf(rooms.id, ids), {});
}

/** Locks rooms by id; those that somebody else holds are left out. */
export async function lockFreeRooms(tx: Transaction, ids: readonly number[]): Promise<Room[]> {
  return lock(tx, isOneOf(rooms.id, ids), LEFT_OUT);
}

async function lock(tx: Transaction, where: SQL, held: Held): Promise<Room[]> {
  return tx.select(ROOM).from(rooms).where(where).orderBy(asc(rooms.id)).for("update", held);
}

/** Keeps what locked rooms are called: of two titles the later counts, whichever is told first. */
export async function titleRooms(
  tx: Transaction,
  titled: readonly { room: Room; title: RoomTitle }[],
): Promise<void> {
  const changed = titled.filter(({ room, title }) => isLater(title, room));
  await updateAll(
    tx,
    rooms,
    changed.map(({ room: { id, key }, title: { title, at } }) => {
      return { id, title, titledAt: at, words: keptWords(key, title) };
    }),
  );
}

/** Calls a locked room nothing, because what named it is taken back. */
export async function untitleRoom(
  tx: Transaction,
  { id, key }: Pick<Room, "id" | "key">,
): Promise<void> {
  await tx
    .update(rooms)
    .set({ title: null, titledAt: null, words: keptWords(key) })
    .where(eq(rooms.id, id));
}

/** Keeps the words by which rooms are found. */
export async function keepWordsOfRooms(
  tx: Transaction,
  all: readonly Pick<Room, "id" | "key" | "title">[],
): Promise<void> {
  await updateAll(
    tx,
    rooms,
    all.map(({ id, key, title }) => ({ id, words: keptWords(key, title) })),
  );
}

function isLater(title: RoomTitle, { title: known, titledAt }: Room): boolean {
  if (known === null || titledAt === null) return true;
  return laterTitle({ title: known, at: titledAt }, title) === title;
}

/** Of two titles the one that counts: the first where they are the same. */
export function laterTitle(a: RoomTitle | null, b: RoomTitle): RoomTitle {
  if (a === null) return b;
  return b.at > a.at || (b.at === a.at && b.title > a.title) ? b : a;
}

export async function keepRooms(tx: Transaction, all: readonly RoomState[]): Promise<void> {
  await updateAll(tx, rooms, all);
}
