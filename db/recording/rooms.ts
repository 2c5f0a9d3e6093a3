import { type SQL, sql } from "drizzle-orm";
import { column, list } from "#db/array.ts";
import { keptWords } from "#db/searching.ts";
import type { Transaction } from "#db/session.ts";
import type { Ms } from "#domain/event.ts";

export interface RoomKey {
  sourceId: string;
  key: string;
}

/** What a room was called as something happened in it. */
export interface RoomTitle {
  title: string;
  at: Ms;
}

export interface Room {
  id: number;
  sourceId: string;
  key: string;
  title: string | null;
  titledAt: Ms | null;
  currentMeetingId: string | null;
  unresolvedUntil: Ms | null;
  lostUntil: Ms | null;
  erasedAt: Ms | null;
}

const COLUMNS = sql.raw(
  `r.id, r.source_id as "sourceId", r.key, r.title, r.titled_at as "titledAt",
   r.current_meeting_id as "currentMeetingId", r.unresolved_until as "unresolvedUntil", r.lost_until as "lostUntil", r.erased_at as "erasedAt"`,
);

/**
 * Locks the rooms, in order of their ids so that two batches never wait for each other in a circle, and
 * makes those that are new. Keys are distinct. Nobody else opens, extends or merges meetings in them
 * until the transaction ends.
 */
export async function lockRooms(tx: Transaction, keys: readonly RoomKey[]): Promise<Room[]> {
  return lockMade(tx, keys, sql.raw(""));
}

/** As `lockRooms`; those that somebody else holds are left out, and waited for by nobody. */
export async function lockFreeRoomsOf(tx: Transaction, keys: readonly RoomKey[]): Promise<Room[]> {
  return lockMade(tx, keys, sql.raw("skip locked"));
}

async function lockMade(tx: Transaction, keys: readonly RoomKey[], held: SQL): Promise<Room[]> {
  const known = await lockKnown(tx, keys, held);
  if (known.length === keys.length) return known;
  await makeRooms(tx, keys);
  return lockKnown(tx, keys, held);
}

async function makeRooms(tx: Transaction, keys: readonly RoomKey[]): Promise<void> {
  await tx.execute(sql`
    insert into rooms (source_id, key, words)
    select source_id, key, words::tsvector
    from unnest(
      ${column("uuid", keys, (k) => k.sourceId)},
      ${column("text", keys, (k) => k.key)},
      ${column("text", keys, (k) => keptWords(k.key))}
    ) as k (source_id, key, words)
    -- A question of its own for each: nobody looks through all rooms for what is missing.
    where (select r.id from rooms r where r.source_id = k.source_id and r.key = k.key) is null
    order by source_id, key
    on conflict do nothing
  `);
}

async function lockKnown(tx: Transaction, keys: readonly RoomKey[], held: SQL): Promise<Room[]> {
  return tx.execute<Room & Record<string, unknown>>(sql`
    select ${COLUMNS}
    from rooms r
    where r.id = any(array(
      select (select r.id from rooms r where r.source_id = k.source_id and r.key = k.key)
      from unnest(
        ${column("uuid", keys, (k) => k.sourceId)},
        ${column("text", keys, (k) => k.key)}
      ) as k (source_id, key)
    ))
    order by r.id
    for update of r ${held}
  `);
}

/** Locks rooms by id, in their order. */
export async function lockRoomsById(tx: Transaction, ids: readonly number[]): Promise<Room[]> {
  return tx.execute<Room & Record<string, unknown>>(sql`
    select ${COLUMNS} from rooms r where r.id = any(${list("bigint", ids)})
    order by r.id
    for update
  `);
}

/** Locks rooms by id; those that somebody else holds are left out. */
export async function lockFreeRooms(tx: Transaction, ids: readonly number[]): Promise<Room[]> {
  return tx.execute<Room & Record<string, unknown>>(sql`
    select ${COLUMNS}
    from rooms r
    where r.id = any(${list("bigint", ids)})
    order by r.id
    for update skip locked
  `);
}

/** Keeps what locked rooms are called: of two titles the later counts, whichever is told first. */
export async function titleRooms(
  tx: Transaction,
  titled: readonly { room: Room; title: RoomTitle }[],
): Promise<void> {
  const changed = titled.filter(({ room, title }) => isLater(title, room));
  if (changed.length === 0) return;
  await tx.execute(sql`
    update rooms r set title = n.title, titled_at = n.titled_at, words = n.words::tsvector
    from unnest(
      ${column("bigint", changed, ({ room }) => room.id)},
      ${column("text", changed, ({ title }) => title.title)},
      ${column("bigint", changed, ({ title }) => title.at)},
      ${column("text", changed, ({ room, title }) => keptWords(room.key, title.title))}
    ) as n (id, title, titled_at, words)
    where r.id = n.id
  `);
}

/** Calls a locked room nothing, because what named it is taken back. */
export async function untitleRoom(
  tx: Transaction,
  { id, key }: Pick<Room, "id" | "key">,
): Promise<void> {
  await tx.execute(sql`
    update rooms set title = null, titled_at = null, words = ${keptWords(key)}::tsvector
    where id = ${id}`);
}

/** Keeps the words by which rooms are found. */
export async function keepWordsOfRooms(
  tx: Transaction,
  rooms: readonly Pick<Room, "id" | "key" | "title">[],
): Promise<void> {
  await tx.execute(sql`
    update rooms r set words = n.words::tsvector
    from unnest(
      ${column("bigint", rooms, ({ id }) => id)},
      ${column("text", rooms, ({ key, title }) => keptWords(key, title))}
    ) as n (id, words)
    where r.id = n.id`);
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

/** What of a room follows from its meetings. */
export type RoomState = Pick<Room, "id" | "currentMeetingId" | "unresolvedUntil" | "lostUntil">;

export async function keepRooms(tx: Transaction, rooms: readonly RoomState[]): Promise<void> {
  await tx.execute(sql`
    update rooms r set current_meeting_id = n.meeting_id, unresolved_until = n.unresolved_until,
      lost_until = n.lost_until
    from unnest(
      ${column("bigint", rooms, ({ id }) => id)},
      ${column("uuid", rooms, ({ currentMeetingId }) => currentMeetingId)},
      ${column("bigint", rooms, (room) => room.unresolvedUntil)},
      ${column("bigint", rooms, (room) => room.lostUntil)}
    ) as n (id, meeting_id, unresolved_until, lost_until)
    where r.id = n.id and r.id = any(${column("bigint", rooms, ({ id }) => id)})
  `);
}
