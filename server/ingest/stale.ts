import type { Database } from "#db/connection/client.ts";
import { UnreadableRecord } from "#db/recording/events.ts";
import { meetingsById, roomsGoneStale } from "#db/recording/meetings.ts";
import { lockFreeRooms } from "#db/recording/rooms.ts";
import { sourcesOf } from "#db/sources/sources.ts";
import { NOTHING_STALE, type RoomInput } from "#domain/projection/news.ts";
import type { Ms } from "#domain/time/ms.ts";
import { provider } from "#server/providers/providers.ts";
import { rulesOf } from "./known-sources.ts";
import { projectNews } from "./project-news.ts";

const AT_ONCE = 50;

/**
 * Projects again the meetings that the clock alone has changed: an open wait expired, an observer fell silent.
 * Returns how many rooms. Leaves out rooms with an event that cannot be read. Safe in several processes at once.
 */
export async function rebuildStale(database: Database, now: Ms): Promise<number> {
  const unreadable: string[] = [];
  for (;;) {
    try {
      return await rebuild(database, now, unreadable);
    } catch (error) {
      const meetingId = error instanceof UnreadableRecord ? error.event.meetingId : null;
      if (meetingId === null || unreadable.includes(meetingId)) throw error;
      unreadable.push(meetingId);
    }
  }
}

async function rebuild(
  database: Database,
  now: Ms,
  unreadable: readonly string[],
): Promise<number> {
  return database.transaction(async (tx) => {
    const stale = await roomsGoneStale(tx, now, AT_ONCE, unreadable);
    if (stale.length === 0) return 0;
    const rooms = await lockFreeRooms(
      tx,
      stale.map(({ roomId }) => roomId),
    );
    const meetings = await meetingsById(
      tx,
      stale.map(({ meetingId }) => meetingId),
    );
    const sources = new Map(
      (await sourcesOf(database.orm, [...new Set(rooms.map(({ sourceId }) => sourceId))])).map(
        (source) => [source.id, source],
      ),
    );
    const news = rooms.flatMap((room): RoomInput[] => {
      const source = sources.get(room.sourceId);
      const own = source && provider(source.provider);
      if (!source || !own) return [];
      const gone = meetings.filter(({ roomId }) => roomId === room.id);
      const current = gone.find(({ id }) => id === room.currentMeetingId) ?? null;
      const rules = rulesOf(own, source);
      return [{ ...NOTHING_STALE, room, rules, arrived: [], current, stale: gone }];
    });
    await projectNews(tx, news, now);
    return news.length;
  });
}
