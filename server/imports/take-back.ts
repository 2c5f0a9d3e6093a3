import type { Database } from "#db/connection/client.ts";
import type { Transaction } from "#db/connection/session.ts";
import { dependentsOf } from "#db/imports/reading-imports.ts";
import {
  countProjected,
  deliveriesOfRoom,
  dropEmptied,
  dropLines,
  forgetDeliveries,
  type ImportLine,
  linesOf,
  markImportUndone,
  meetingsOfImport,
  withdrawStatusEvents,
} from "#db/recording/imports.ts";
import { loadCurrent } from "#db/recording/load.ts";
import { meetingsById } from "#db/recording/meetings.ts";
import { deliveriesById, type KeptDelivery } from "#db/recording/replaying.ts";
import { laterTitle, type RoomTitle, titleRooms, untitleRoom } from "#db/recording/rooms.ts";
import { earliest } from "#domain/event/event.ts";
import type { ImportUndone } from "#domain/imports/imports.ts";
import type { Changes } from "#domain/projection/changes.ts";
import { type RoomNews, spanOf } from "#domain/projection/news.ts";
import type { Room } from "#domain/projection/state.ts";
import type { Ms } from "#domain/time/ms.ts";
import {
  type DeliveryEvents,
  latestTitle,
  lockRoomsOf,
  newsOf,
  type Rooms,
  roomName,
} from "#server/ingest/project.ts";
import { planNews, writeChanges } from "#server/ingest/project-news.ts";
import { rereadDeliveries, rulesBySource } from "#server/ingest/reread.ts";
import { retryWhileBusy } from "#server/runtime/retry-while-busy.ts";
import { inheritedLinesOf, keepInheritedLines, roomsIn } from "./inherited-lines.ts";

/** Lines that are taken back in one transaction. */
const LINES_AT_ONCE = 5_000;
const BODIES_AT_ONCE = 200;

/**
 * Takes an import back: what its lines tell is told no more, unless another import that stands tells it too,
 * and then as the first of these does. So nothing is kept but what the others alone would have made. Answers
 * `null` where there is no such import, or it was taken back before; one that was interrupted goes on. Throws
 * `LinesDropped`.
 */
export async function undoImport(
  database: Database,
  given: { id: string; by: string; at: Ms },
  linesAtOnce = LINES_AT_ONCE,
): Promise<ImportUndone | null> {
  const projected = await previewUndo(database, given.id);
  if (!(await markImportUndone(database.orm, given))) return null;
  while (await takeSome(database, given, linesAtOnce));
  return projected;
}

/** What taking an import back would take away. Changes nothing. Throws `LinesDropped`. */
export async function previewUndo(database: Database, id: string): Promise<ImportUndone> {
  return database.transaction(async (tx) => {
    const lines = await linesOf(tx, id);
    const [first] = lines;
    const { own, heirs: inherited } = await inheritedLinesOf(tx, lines);
    const heard = new Set(inherited.map(({ key }) => key));
    const gone = own.filter(({ key }) => !heard.has(key));
    const rooms = { sourceId: first?.sourceId ?? id, keys: distinct(own.map(({ room }) => room)) };
    const hanging = await dependentsOf(
      tx,
      rooms,
      gone.map((one) => one.id),
    );
    return { lines: gone.length, told_by_others: lines.length - gone.length, ...hanging };
  });
}

function distinct(values: readonly (string | null)[]): string[] {
  return [...new Set(values.filter((value) => value !== null))];
}

async function takeSome(
  database: Database,
  { id, at }: { id: string; at: Ms },
  limit: number,
): Promise<boolean> {
  return retryWhileBusy(
    () =>
      database.transaction(async (tx) => {
        const lines = await linesOf(tx, id, limit);
        if (lines.length > 0) await takeLines(database, tx, lines, at);
        return lines.length > 0;
      }),
    (error) => error instanceof Moved,
  );
}

/** Others changed what was to be taken back, before it was held. */
class Moved extends Error {
  override name = "Moved";
}

async function takeLines(
  database: Database,
  tx: Transaction,
  lines: readonly ImportLine[],
  now: Ms,
): Promise<void> {
  const seen = await inheritedLinesOf(tx, lines);
  const rooms = await lockRoomsOf(tx, roomsIn(seen));
  const { own, heirs: inherited } = await inheritedLinesOf(tx, lines);
  if (
    roomsIn({ own, heirs: inherited }).some(
      ({ sourceId, room }) => !rooms.has(roomName(sourceId, room)),
    )
  ) {
    throw new Moved();
  }
  await forgetDeliveries(
    tx,
    own.map(({ id }) => id),
  );
  const projected = await keepInheritedLines(database, tx, inherited);
  await retell(database, tx, rooms, own, projected, now);
  const [first] = lines;
  const keys = lines.map(({ key }) => key);
  if (first) await dropLines(tx, first.importId, keys);
}

/** Tells the rooms without what was taken back, and with what others say in its place. */
async function retell(
  database: Database,
  tx: Transaction,
  rooms: Rooms,
  own: readonly KeptDelivery[],
  projected: readonly DeliveryEvents[],
  now: Ms,
): Promise<void> {
  const known = [...rooms.values()].filter(({ erasedAt }) => erasedAt === null);
  const roomIds = known.map(({ id }) => id);
  const withdrawn = new Set(own.map(({ id }) => id));
  const stale = await meetingsById(tx, await meetingsOfImport(tx, roomIds, [...withdrawn]));
  const toldBefore = await countProjected(
    tx,
    stale.map(({ id }) => id),
  );
  const news = await newsOf(tx, projected, rooms);
  const heard = new Map(news.map((one) => [one.room.id, one]));
  const rules = await rulesBySource(
    database,
    known.map(({ sourceId }) => sourceId),
  );
  const current = await loadCurrent(tx, known);
  const retellings = known.flatMap((room): RoomNews[] => {
    const own = rules.get(room.sourceId);
    if (own === undefined) return [];
    const { arrived } = heard.get(room.id) ?? { arrived: [] };
    const meetings = stale.filter(({ roomId }) => roomId === room.id);
    const at = current.get(room.id) ?? null;
    return [{ room, rules: own, arrived, current: at, stale: meetings, withdrawn }];
  });
  const changes = await planNews(tx, retellings, now);
  const emptied = emptiedIn(retellings, changes, toldBefore);
  const left = letGo(changes, emptied);
  await writeChanges(tx, {
    ...left,
    returning: [...left.returning, ...goneFrom(retellings, changes)],
  });
  const silent = await withdrawStatusEvents(tx, [...emptied, ...left.meetings.map(({ id }) => id)]);
  await retitle(tx, known, own);
  await dropEmptied(tx, [...emptied, ...silent], roomIds);
}

/** The meetings of which all that was told is taken back, with nothing in its place. */
function emptiedIn(
  retellings: readonly RoomNews[],
  { withdrawn }: Changes,
  toldBefore: ReadonlyMap<string, number>,
): Set<string> {
  const gone = Map.groupBy(withdrawn, ({ meetingId }) => meetingId);
  return new Set(
    retellings.flatMap(({ stale, arrived, rules }) =>
      stale.flatMap(({ id, tally: { firstAt, tipAt, lastOutAt } }) => {
        const own = gone.get(id) ?? [];
        if (own.length === 0 || own.length < (toldBefore.get(id) ?? 0)) return [];
        const from = (firstAt ?? 0) - rules.emptyGapMs;
        const to = Math.max(tipAt ?? 0, lastOutAt ?? 0) + rules.emptyGapMs;
        const isTold = arrived.some(({ event }) => event.at >= from && earliest(event) <= to);
        return isTold ? [] : [id];
      }),
    ),
  );
}

/** Nobody who looks for these is led to others, which are about something else. */
function letGo(changes: Changes, emptied: ReadonlySet<string>): Changes {
  return {
    ...changes,
    meetings: changes.meetings.filter(({ id }) => !emptied.has(id)),
    merged: changes.merged.filter(({ from }) => !emptied.has(from)),
  };
}

/** Where somebody who gave up may not have come back after all, because that is taken back. */
function goneFrom(
  retellings: readonly RoomNews[],
  { withdrawn }: Changes,
): Changes["returning"][number][] {
  return retellings.flatMap(({ room, stale }) => {
    const ids = new Set(stale.map(({ id }) => id));
    const events = withdrawn.filter(({ meetingId }) => ids.has(meetingId));
    return events.length === 0
      ? []
      : [{ roomId: room.id, ...spanOf(events.map(({ event }) => event)) }];
  });
}

/** Calls rooms what is left calls them, where what was taken back gave them their name. */
async function retitle(
  tx: Transaction,
  rooms: readonly Room[],
  own: readonly KeptDelivery[],
): Promise<void> {
  const said = rereadDeliveries(own).flatMap(({ reading, delivery }) =>
    reading.kind === "events" && reading.about.title !== null
      ? [{ room: roomName(delivery.sourceId, reading.about.room), title: reading.about.title }]
      : [],
  );
  for (const room of rooms) {
    const isTheirs = said.some(
      (one) => one.room === roomName(room.sourceId, room.key) && one.title === room.title,
    );
    if (!isTheirs) continue;
    const blank = { ...room, title: null, titledAt: null };
    await untitleRoom(tx, room);
    const ids = await deliveriesOfRoom(tx, room.id);
    let last: RoomTitle | null = null;
    for (let from = 0; from < ids.length; from += BODIES_AT_ONCE) {
      const kept = rereadDeliveries(
        await deliveriesById(tx, ids.slice(from, from + BODIES_AT_ONCE)),
      );
      const projected = kept.flatMap(({ reading }) => (reading.kind === "events" ? [reading] : []));
      const title = latestTitle(projected);
      if (title !== null) last = laterTitle(last, title);
    }
    if (last !== null) await titleRooms(tx, [{ room: blank, title: last }]);
  }
}
