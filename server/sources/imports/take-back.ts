import type { Database } from "#db/connection/client.ts";
import type { Transaction } from "#db/connection/session.ts";
import { dropLines, type ImportLine, linesOf } from "#db/recording/imports.ts";
import { loadCurrent } from "#db/recording/load.ts";
import { meetingsById } from "#db/recording/meetings.ts";
import { laterTitle, type RoomTitle, titleRooms, untitleRoom } from "#db/recording/rooms.ts";
import { deliveriesById, type StoredDelivery } from "#db/recording/stored-deliveries.ts";
import {
  countProjected,
  deliveriesOfRoom,
  dropEmptied,
  forgetDeliveries,
  markImportUndone,
  meetingsOfImport,
  withdrawStatusEvents,
} from "#db/recording/undone-imports.ts";
import { dependentsOf } from "#db/sources/imports/reading-imports.ts";
import type { AuditActor } from "#domain/access/audit/audit.ts";
import { earliest } from "#domain/event/event.ts";
import type { Changes } from "#domain/projection/changes.ts";
import { type RoomInput, spanOf } from "#domain/projection/news.ts";
import type { Room } from "#domain/projection/state.ts";
import type { ImportUndone } from "#domain/sources/imports/imports.ts";
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
import { audited } from "#server/runtime/audit.ts";
import { retryWhileBusy } from "#server/runtime/retry-while-busy.ts";
import { inheritedLinesOf, keepInheritedLines, roomsIn } from "./inherited-lines.ts";

/** Lines that are removed in one transaction. */
const LINES_AT_ONCE = 5_000;
const BODIES_AT_ONCE = 200;

/**
 * Undoes an import: the events of its lines are removed, unless another import has the same line, and then the
 * first of those replaces it. What is left is what the other imports alone would have made. Returns `null` where
 * there is no such import or it was undone before; an interrupted undo goes on. Throws `LinesDropped`.
 */
export async function undoImport(
  database: Database,
  given: { id: string; file: string; by: string; actor: AuditActor; at: Ms },
  linesAtOnce = LINES_AT_ONCE,
): Promise<ImportUndone | null> {
  const preview = await previewUndo(database, given.id);
  const isInForce = await audited(
    database,
    given.actor,
    ({ orm }) => markImportUndone(orm, given),
    (isMarked) =>
      isMarked
        ? {
            action: "import.undone",
            about: { kind: "import", id: given.id, label: given.file },
            details: { lines: preview.lines, meetings: preview.meetings },
          }
        : null,
  );
  if (!isInForce) return null;
  while (await removeBatch(database, given, linesAtOnce));
  return preview;
}

/** What undoing an import would remove. Changes nothing. Throws `LinesDropped`. */
export async function previewUndo(database: Database, id: string): Promise<ImportUndone> {
  return database.transaction(async (tx) => {
    const lines = await linesOf(tx, id);
    const [first] = lines;
    const { own, inherited } = await inheritedLinesOf(tx, lines);
    const replaced = new Set(inherited.map(({ key }) => key));
    const removed = own.filter(({ key }) => !replaced.has(key));
    const rooms = { sourceId: first?.sourceId ?? id, keys: distinct(own.map(({ room }) => room)) };
    const dependents = await dependentsOf(
      tx,
      rooms,
      removed.map((one) => one.id),
    );
    return { lines: removed.length, told_by_others: lines.length - removed.length, ...dependents };
  });
}

function distinct(values: readonly (string | null)[]): string[] {
  return [...new Set(values.filter((value) => value !== null))];
}

async function removeBatch(
  database: Database,
  { id, at }: { id: string; at: Ms },
  limit: number,
): Promise<boolean> {
  return retryWhileBusy(
    () =>
      database.transaction(async (tx) => {
        const lines = await linesOf(tx, id, limit);
        if (lines.length > 0) await removeLines(database, tx, lines, at);
        return lines.length > 0;
      }),
    (error) => error instanceof LinesChanged,
  );
}

/** Other transactions changed the lines before their rooms were locked. */
class LinesChanged extends Error {
  override name = "LinesChanged";
}

async function removeLines(
  database: Database,
  tx: Transaction,
  lines: readonly ImportLine[],
  now: Ms,
): Promise<void> {
  const seen = await inheritedLinesOf(tx, lines);
  const rooms = await lockRoomsOf(tx, roomsIn(seen));
  const { own, inherited } = await inheritedLinesOf(tx, lines);
  if (
    roomsIn({ own, inherited: inherited }).some(
      ({ sourceId, room }) => !rooms.has(roomName(sourceId, room)),
    )
  ) {
    throw new LinesChanged();
  }
  await forgetDeliveries(
    tx,
    own.map(({ id }) => id),
  );
  const projected = await keepInheritedLines(database, tx, inherited, now);
  await rebuildRooms(database, tx, rooms, own, projected, now);
  const [first] = lines;
  const keys = lines.map(({ key }) => key);
  if (first) await dropLines(tx, first.importId, keys);
}

/** Projects the rooms again without the removed lines, and with the lines that replace them. */
async function rebuildRooms(
  database: Database,
  tx: Transaction,
  rooms: Rooms,
  own: readonly StoredDelivery[],
  projected: readonly DeliveryEvents[],
  now: Ms,
): Promise<void> {
  const standing = [...rooms.values()].filter(({ erasedAt }) => erasedAt === null);
  const roomIds = standing.map(({ id }) => id);
  const withdrawn = new Set(own.map(({ id }) => id));
  const stale = await meetingsById(tx, await meetingsOfImport(tx, roomIds, [...withdrawn]));
  const countsBefore = await countProjected(
    tx,
    stale.map(({ id }) => id),
  );
  const news = await newsOf(tx, projected, rooms);
  const newsByRoom = new Map(news.map((one) => [one.room.id, one]));
  const rules = await rulesBySource(
    database,
    standing.map(({ sourceId }) => sourceId),
  );
  const current = await loadCurrent(tx, standing);
  const roomNews = standing.flatMap((room): RoomInput[] => {
    const own = rules.get(room.sourceId);
    if (own === undefined) return [];
    const { arrived } = newsByRoom.get(room.id) ?? { arrived: [] };
    const meetings = stale.filter(({ roomId }) => roomId === room.id);
    const latest = current.get(room.id) ?? null;
    return [{ room, rules: own, arrived, current: latest, stale: meetings, withdrawn }];
  });
  const changes = await planNews(tx, roomNews, now);
  const emptied = emptiedIn(roomNews, changes, countsBefore);
  const remaining = withoutEmptied(changes, emptied);
  await writeChanges(tx, {
    ...remaining,
    returning: [...remaining.returning, ...returnsIn(roomNews, changes)],
  });
  const silent = await withdrawStatusEvents(tx, [
    ...emptied,
    ...remaining.meetings.map(({ id }) => id),
  ]);
  await retitleRooms(tx, standing, own);
  await dropEmptied(tx, [...emptied, ...silent], roomIds);
}

/** The meetings whose events are all removed, with nothing in their place. */
function emptiedIn(
  roomNews: readonly RoomInput[],
  { withdrawn }: Changes,
  countsBefore: ReadonlyMap<string, number>,
): Set<string> {
  const withdrawnBy = Map.groupBy(withdrawn, ({ meetingId }) => meetingId);
  return new Set(
    roomNews.flatMap(({ stale, arrived, rules }) =>
      stale.flatMap(({ id, tally: { firstAt, tipAt, lastOutAt } }) => {
        const own = withdrawnBy.get(id) ?? [];
        if (own.length === 0 || own.length < (countsBefore.get(id) ?? 0)) return [];
        const from = (firstAt ?? 0) - rules.emptyGapMs;
        const to = Math.max(tipAt ?? 0, lastOutAt ?? 0) + rules.emptyGapMs;
        const isReplaced = arrived.some(({ event }) => event.at >= from && earliest(event) <= to);
        return isReplaced ? [] : [id];
      }),
    ),
  );
}

/** Emptied meetings are not merged: their addresses must not lead to an unrelated meeting. */
function withoutEmptied(changes: Changes, emptied: ReadonlySet<string>): Changes {
  return {
    ...changes,
    meetings: changes.meetings.filter(({ id }) => !emptied.has(id)),
    merged: changes.merged.filter(({ from }) => !emptied.has(from)),
  };
}

/** Where a person who gave up may not have come back after all, because that visit was removed. */
function returnsIn(
  roomNews: readonly RoomInput[],
  { withdrawn }: Changes,
): Changes["returning"][number][] {
  return roomNews.flatMap(({ room, stale }) => {
    const ids = new Set(stale.map(({ id }) => id));
    const events = withdrawn.filter(({ meetingId }) => ids.has(meetingId));
    return events.length === 0
      ? []
      : [{ roomId: room.id, ...spanOf(events.map(({ event }) => event)) }];
  });
}

/** Titles rooms from the remaining deliveries, where a removed line gave them their title. */
async function retitleRooms(
  tx: Transaction,
  rooms: readonly Room[],
  own: readonly StoredDelivery[],
): Promise<void> {
  const titles = rereadDeliveries(own).flatMap(({ reading, delivery }) =>
    reading.kind === "events" && reading.about.title !== null
      ? [{ room: roomName(delivery.sourceId, reading.about.room), title: reading.about.title }]
      : [],
  );
  for (const room of rooms) {
    const isOurTitle = titles.some(
      (one) => one.room === roomName(room.sourceId, room.key) && one.title === room.reportedTitle,
    );
    if (!isOurTitle) continue;
    const blank = { ...room, reportedTitle: null, titledAt: null };
    await untitleRoom(tx, room);
    const ids = await deliveriesOfRoom(tx, room.id);
    let last: RoomTitle | null = null;
    for (let from = 0; from < ids.length; from += BODIES_AT_ONCE) {
      const readings = rereadDeliveries(
        await deliveriesById(tx, ids.slice(from, from + BODIES_AT_ONCE)),
      );
      const eventReadings = readings.flatMap(({ reading }) =>
        reading.kind === "events" ? [reading] : [],
      );
      const title = latestTitle(eventReadings);
      if (title !== null) last = laterTitle(last, title);
    }
    if (last !== null) await titleRooms(tx, [{ room: blank, title: last }]);
  }
}
