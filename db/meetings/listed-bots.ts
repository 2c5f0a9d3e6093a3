import { and, asc, desc, eq, isNotNull, isNull, ne, or, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { seesBodies } from "#db/access/sight/seeing.ts";
import type { ListCursor } from "#db/lists/list-cursor.ts";
import { sources } from "#db/schema/accounts.ts";
import { meetings, rooms } from "#db/schema/projected.ts";
import { list } from "#db/sql/array.ts";
import { parts } from "#db/sql/dialect.ts";
import type { Reader } from "#db/sql/orm.ts";
import type { Ms } from "#domain/time/ms.ts";
import { type BotRow, OBSERVER } from "./bot-row.ts";
import { type BotProvider, botStates } from "./bot-states.ts";

/** Where a bot stands in the list of all: by the first moment known of it, and by its id. */
export interface BotPlace {
  at: Ms;
  id: string;
}

/** A bot, or a meeting of another provider by its own id. */
export interface ListedBot extends BotRow, BotPlace {}

/** What a list of bots is narrowed to; `null` for what does not narrow it. */
export interface BotFilter {
  /** Where its meeting is held. */
  place: string | null;
  states: readonly string[] | null;
  joinAfter: Ms | null;
  joinBefore: Ms | null;
}

type Cursor = ListCursor<BotPlace> | null;
/** Where a row stands, as expressions. */
interface At {
  at: SQL;
  id: SQL;
}

/**
 * Bots and the meetings of other providers, the oldest first (with a `previous` cursor: those before it, nearest
 * first). One that nothing is known of but its place stands before all others. One statement.
 */
export async function listBots(
  reader: Reader,
  provider: BotProvider,
  filter: BotFilter,
  cursor: Cursor,
  limit: number,
): Promise<ListedBot[]> {
  const bots = held(provider, filter, cursor, limit)
    .unionAll(announced(provider, filter, cursor, limit))
    .as("bots");
  return reader
    .select()
    .from(bots)
    .orderBy(...inOrder({ at: sql`${bots.at}`, id: sql`${bots.id}` }, cursor))
    .limit(limit);
}

/** A `ListedBot`, of `sources`, `rooms` and `meetings`. */
function fieldsOf({ at, id }: At, observer: SQL) {
  return {
    sourceId: sql<string>`${sources.id}`.as("source_id"),
    provider: sql<string>`${sources.provider}`.as("provider"),
    room: sql<string>`${rooms.key}`.as("room"),
    meetingId: sql<string | null>`${meetings.id}`.as("meeting_id"),
    status: sql<BotRow["status"]>`${meetings.status}`.as("status"),
    startedAt: sql<Ms | null>`${meetings.startedAt}`.as("started_at"),
    endedAt: sql<Ms | null>`${meetings.endedAt}`.as("ended_at"),
    observer: sql<string | null>`${observer}`.as("observer"),
    at: sql<Ms>`${at}`.as("at"),
    id: sql<string>`${id}`.as("bot_id"),
  };
}

/** Those with a meeting: the latest of each bot's, and every one of another provider's. */
function held(provider: BotProvider, filter: BotFilter, cursor: Cursor, limit: number) {
  const isBot = eq(sources.provider, provider.name);
  const later = alias(meetings, "later");
  const followed = parts
    .select({ one: sql`1` })
    .from(later)
    .where(
      and(
        eq(later.roomId, meetings.roomId),
        isNull(later.mergedInto),
        sql`(${later.firstAt}, ${later.id}) > (${meetings.firstAt}, ${meetings.id})`,
      ),
    );
  const stands = {
    at: sql`${meetings.firstAt}`,
    id: sql`(case when ${isBot} then ${rooms.key} else ${meetings.id}::text end) collate "C"`,
  };
  const { joined, narrowed } = narrowing(provider, filter);
  const query = parts
    .select(fieldsOf(stands, sql`case when ${isBot} then ${OBSERVER} end`))
    .from(meetings)
    .innerJoin(sources, eq(sources.id, meetings.sourceId))
    .innerJoin(
      rooms,
      or(eq(rooms.id, meetings.roomId), and(eq(rooms.joinedTo, meetings.roomId), isBot)),
    )
    .$dynamic();
  if (joined !== null) query.leftJoin(joined.states, joined.on);
  return query
    .where(
      and(
        isNull(meetings.mergedInto),
        isNotNull(meetings.firstAt),
        or(
          ne(sources.provider, provider.name),
          sql`not exists (${followed}) and not exists (${knownBetter(provider)})`,
        ),
        narrowed,
        beyond(stands, cursor),
      ),
    )
    .orderBy(...inOrder(stands, cursor))
    .limit(limit);
}

/** Bots of which no more than their place is known, or what does not tell of attendance. */
function announced(provider: BotProvider, filter: BotFilter, cursor: Cursor, limit: number) {
  const stands = { at: sql`0::bigint`, id: sql`${rooms.key} collate "C"` };
  const { joined, narrowed } = narrowing(provider, filter);
  const query = parts
    .select(fieldsOf(stands, OBSERVER))
    .from(rooms)
    .innerJoin(sources, and(eq(sources.id, rooms.sourceId), eq(sources.provider, provider.name)))
    .leftJoin(
      meetings,
      and(
        eq(meetings.roomId, sql`coalesce(${rooms.joinedTo}, ${rooms.id})`),
        isNull(meetings.mergedInto),
      ),
    )
    .$dynamic();
  if (joined !== null) query.leftJoin(joined.states, joined.on);
  return query
    .where(
      and(
        isNull(meetings.id),
        sql`not exists (${knownBetter(provider)})`,
        narrowed,
        beyond(stands, cursor),
      ),
    )
    .orderBy(...inOrder(stands, cursor))
    .limit(limit);
}

/** The same bot in a source that was added later, which answers for it. */
function knownBetter(provider: BotProvider) {
  const [other, owner] = [alias(rooms, "other"), alias(sources, "owner")];
  return parts
    .select({ one: sql`1` })
    .from(other)
    .innerJoin(owner, eq(owner.id, other.sourceId))
    .where(
      and(
        eq(other.key, rooms.key),
        eq(owner.provider, provider.name),
        sql`(${owner.createdAt}, ${owner.id}) > (${sources.createdAt}, ${sources.id})`,
      ),
    );
}

/** The condition of a filter, and what is to be joined for it: what bots told, only where it is asked for. */
function narrowing(provider: BotProvider, { place, states, joinAfter, joinBefore }: BotFilter) {
  const atPlace =
    place === null ? undefined : and(eq(rooms.place, place), seesBodies() ? undefined : sql`false`);
  if (states === null && joinAfter === null && joinBefore === null) {
    return { joined: null, narrowed: atPlace };
  }
  const told = botStates(provider);
  const state = sql`coalesce(${told.state},
    case when ${meetings.status} = 'ended' then 'ended' else 'joined_not_recording' end)`;
  const on = and(
    eq(told.sourceId, rooms.sourceId),
    eq(told.room, rooms.key),
    eq(sources.provider, provider.name),
  );
  const narrowed = and(
    atPlace,
    states === null ? undefined : sql`${state} = any(${list("text", states)})`,
    joinAfter === null ? undefined : sql`${told.joinAt} > to_timestamp(${joinAfter} / 1000.0)`,
    joinBefore === null ? undefined : sql`${told.joinAt} < to_timestamp(${joinBefore} / 1000.0)`,
  );
  return { joined: { states: told, on }, narrowed };
}

function beyond({ at, id }: At, cursor: Cursor): SQL | undefined {
  if (cursor === null) return undefined;
  const { key } = cursor;
  return cursor.direction === "previous"
    ? sql`${at} <= ${key.at} and (${at}, ${id}) < (${key.at}::bigint, ${key.id})`
    : sql`${at} >= ${key.at} and (${at}, ${id}) > (${key.at}::bigint, ${key.id})`;
}

function inOrder({ at, id }: At, cursor: Cursor): SQL[] {
  const towards = cursor?.direction === "previous" ? desc : asc;
  return [towards(at), towards(sql`${id} collate "C"`)];
}
