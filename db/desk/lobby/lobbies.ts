import { and, eq, exists, gt, gte, isNull, ne, type SQL, sql } from "drizzle-orm";
import { roomMessages } from "#db/schema/groups.ts";
import { attendances, meetings, rooms, waits } from "#db/schema/projected.ts";
import { sharedLinks } from "#db/schema/shares.ts";
import { isOneOf } from "#db/sql/batch.ts";
import { parts } from "#db/sql/dialect.ts";
import type { Reader } from "#db/sql/orm.ts";
import type { PastWait } from "#domain/desk/lobby/usual-wait.ts";
import type { Ms } from "#domain/time/ms.ts";

/** How the room of a link stands for who waits for it. */
export interface LobbyRow {
  shareId: string;
  /** Of the token, in hexadecimal. */
  hash: string;
  sourceId: string;
  key: string;
  name: string;
  /** `null` as long as the room is not known. */
  roomId: number | null;
  title: string | null;
  /** When those who wait began to, the longest wait first. */
  waiting: Ms[];
  hostIsThere: boolean;
  message: { text: string; at: Ms } | null;
}

/** At most so many links are held at once. */
const MOST_LINKS = 5_000;

/** The rooms of all links for who waits, as they stand: one statement, however many there are. */
export async function readLobbies(reader: Reader, now: Ms, messagesSince: Ms): Promise<LobbyRow[]> {
  const going = and(
    eq(meetings.roomId, rooms.id),
    isNull(meetings.mergedInto),
    ne(meetings.status, "ended").inlineParams(),
  );
  const hosts = parts
    .select({ one: sql`1` })
    .from(meetings)
    .innerJoin(attendances, eq(attendances.meetingId, meetings.id))
    .where(
      and(
        going,
        eq(attendances.status, "present"),
        sql`${attendances.isHost} and not ${attendances.isNoteTaker}`,
      ),
    );
  const waiting = parts
    .select({ all: sql`json_agg(${waits.startedAt} order by ${waits.startedAt})` })
    .from(meetings)
    .innerJoin(waits, eq(waits.meetingId, meetings.id))
    .where(and(going, sql`outcome = 'waiting'`));
  const isHeld = sql`${gte(roomMessages.at, messagesSince)}`;
  const rows = await reader
    .select({
      shareId: sharedLinks.id,
      hash: sql<string>`encode(${sharedLinks.hash}, 'hex')`,
      sourceId: sql<string>`${sharedLinks.roomSourceId}`,
      key: sql<string>`${sharedLinks.room}`,
      name: sql<string>`coalesce(${sharedLinks.roomName}, ${sharedLinks.room})`,
      roomId: rooms.id,
      title: rooms.title,
      waiting: sql<Ms[]>`coalesce(${waiting}, '[]'::json)`,
      hostIsThere: sql<boolean>`${exists(hosts)}`,
      text: sql<string | null>`case when ${isHeld} then ${roomMessages.text} end`,
      at: roomMessages.at,
    })
    .from(sharedLinks)
    .leftJoin(rooms, of(rooms.sourceId, rooms.key))
    .leftJoin(roomMessages, of(roomMessages.sourceId, roomMessages.room))
    .where(
      and(
        eq(sharedLinks.kind, "wait"),
        isNull(sharedLinks.revokedAt),
        gt(sharedLinks.expiresAt, new Date(now)),
      ),
    )
    .limit(MOST_LINKS);
  return rows.map(({ text, at, ...row }) => ({
    ...row,
    message: text === null || at === null ? null : { text, at },
  }));
}

function of(sourceId: unknown, key: unknown): SQL {
  return sql`${sourceId} = ${sharedLinks.roomSourceId} and ${key} = ${sharedLinks.room}`;
}

/** Of a room so many of its latest waits are looked at. */
const MOST_PAST = 400;

/** The admitted waits of some rooms since a moment, by room: one statement. */
export async function pastWaitsOf(
  reader: Reader,
  roomIds: readonly number[],
  since: Ms,
): Promise<Map<number, PastWait[]>> {
  if (roomIds.length === 0) return new Map();
  const latest = parts
    .select({
      startedAt: waits.startedAt,
      lastedMs: sql<Ms>`${waits.endedAt} - ${waits.startedAt}`.as("lasted_ms"),
    })
    .from(waits)
    .where(
      and(
        eq(waits.roomId, rooms.id),
        gte(waits.startedAt, since),
        sql`${waits.outcome} = 'admitted' and ${waits.endedAt} >= ${waits.startedAt}`,
      ),
    )
    .orderBy(sql`${waits.startedAt} desc`)
    .limit(MOST_PAST)
    .as("latest_waits");
  const rows = await reader
    .select({
      roomId: rooms.id,
      startedAt: latest.startedAt,
      lastedMs: sql<Ms>`${latest.lastedMs}`.mapWith(Number),
    })
    .from(rooms)
    .innerJoinLateral(latest, sql`true`)
    .where(isOneOf(rooms.id, roomIds));
  const found = new Map<number, PastWait[]>();
  for (const { roomId, ...wait } of rows) {
    const own = found.get(roomId);
    if (own === undefined) found.set(roomId, [wait]);
    else own.push(wait);
  }
  return found;
}
