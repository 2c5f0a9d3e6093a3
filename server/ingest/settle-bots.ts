import type { Database } from "#db/connection/client.ts";
import type { Transaction } from "#db/connection/session.ts";
import { IDS } from "#db/recording/ids.ts";
import { loadWhole } from "#db/recording/load.ts";
import {
  joinRooms,
  lockPlaced,
  type PlacedRoom,
  roomsNear,
  settleRooms,
  unsettledRooms,
} from "#db/recording/same-place.ts";
import { sourcesOf } from "#db/sources/sources.ts";
import type { Rules } from "#domain/participant/rules.ts";
import { type JoinedRooms, planJoining } from "#domain/projection/join-rooms.ts";
import type { Ms } from "#domain/time/ms.ts";
import { provider } from "#server/providers/providers.ts";
import { retryWhileBusy } from "#server/runtime/retry-while-busy.ts";
import { rulesOf } from "./known-sources.ts";
import { writeChanges } from "./project-news.ts";

const AT_ONCE = 50;

interface Settling {
  /** Only the rooms of this source. */
  sourceId?: string;
  /** Asked before each room; always, where it is left out. */
  goesOn?: () => Promise<boolean>;
}

/**
 * Makes one meeting of what several bots saw at one place at one time, and several of what turned out to be at different
 * times, for all rooms that are to be looked at. Safe in several processes at once.
 */
export async function settleBots(
  database: Pick<Database, "orm" | "transaction">,
  now: Ms,
  { sourceId, goesOn = async () => true }: Settling = {},
): Promise<void> {
  for (;;) {
    const ids = await unsettledRooms(database.orm, AT_ONCE, sourceId ?? null);
    if (ids.length === 0) return;
    for (const id of ids) {
      if (!(await goesOn())) return;
      await retryWhileBusy(() => database.transaction((tx) => settle(tx, id, now)));
    }
  }
}

async function settle(tx: Transaction, roomId: number, now: Ms): Promise<void> {
  const locked = await lockPlaced(tx, await roomsNear(tx, roomId));
  const own = locked.find(({ id }) => id === roomId);
  const setting = own === undefined ? null : await settingOf(tx, own.sourceId);
  // Another one of them was joined meanwhile: they are looked for again.
  if (!isComplete(locked)) return;
  if (setting !== null) {
    const { changes, moved } = await joiningOf(tx, locked, setting, now);
    await joinRooms(
      tx,
      moved.map(({ roomId: id, home }) => ({ id, joinedTo: home === id ? null : home })),
    );
    await writeChanges(tx, changes);
  }
  await settleRooms(tx, [roomId]);
}

interface BotSetting {
  rules: Rules;
  isJoined: boolean;
}

async function settingOf(tx: Transaction, sourceId: string): Promise<BotSetting | null> {
  const [source] = await sourcesOf(tx, [sourceId]);
  const own = source === undefined ? null : provider(source.provider);
  if (source === undefined || own === null) return null;
  return { rules: rulesOf(own, source), isJoined: source.joinsBots };
}

/** What these rooms of one place become by a setting. */
export async function joiningOf(
  tx: Transaction,
  rooms: readonly PlacedRoom[],
  setting: BotSetting,
  now: Ms,
): Promise<JoinedRooms> {
  const homes = rooms.filter(({ joinedTo }) => joinedTo === null);
  const wholeOf = await loadWhole(tx, homes);
  const before = new Map(homes.map((room) => [room.id, wholeOf(room)]));
  const bots = rooms.map((room) => ({ room, home: room.joinedTo ?? room.id }));
  return planJoining(bots, before, setting, now, IDS);
}

/** Whether the rooms in which their meetings are, and all that are joined to these, are among them. */
function isComplete(rooms: readonly PlacedRoom[]): boolean {
  const ids = new Set(rooms.map(({ id }) => id));
  return rooms.every(
    ({ joinedTo, others }) =>
      (joinedTo === null || ids.has(joinedTo)) && others.every(({ id }) => ids.has(id)),
  );
}
