import { and, eq, ne, type SQL, sql } from "drizzle-orm";
import { sources } from "#db/schema/accounts.ts";
import { deliveries } from "#db/schema/facts.ts";
import { parts } from "#db/sql/dialect.ts";
import { ofBodies } from "./bot-row.ts";

/** How a provider tells what became of a bot. */
export interface BotProvider {
  name: string;
  /** The type of the deliveries that tell it. */
  stateChange: string;
}

const INSTANT = String.raw`^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:?\d\d)$`;

/** A text as a moment; `null` where it is none. */
function momentIn(text: SQL): SQL {
  return sql`case when ${text} ~ ${sql.raw(`'${INSTANT}'`)} and pg_input_is_valid(${text}, 'timestamptz')
    then ${text}::timestamptz end`;
}

/**
 * What the changes of state of every bot come to, by the key of its room: the state it changed to last, and when it is
 * to join. Read in one pass over what tells of changes, and from it alone.
 */
export function botStates({ name, stateChange }: BotProvider) {
  const text = sql`convert_from(${deliveries.body}, 'UTF8')`;
  // What was kept is JSON, but the database takes none with a zero in a text.
  const bare = sql`replace(${text}, ${sql.raw(String.raw`'\u0000'`)}, '')`;
  const body = sql`case when pg_input_is_valid(${text}, 'jsonb') then ${text}::jsonb
    when pg_input_is_valid(${bare}, 'jsonb') then ${bare}::jsonb end`;
  const told = parts
    .select({
      delivery: sql<number>`${deliveries.id}`.as("delivery"),
      sourceId: sql<string>`${deliveries.sourceId}`.as("of_source"),
      room: sql<string>`${deliveries.room}`.as("of_room"),
      data: sql`(${body}) -> 'data'`.as("data"),
    })
    .from(deliveries)
    .innerJoin(sources, and(eq(sources.id, deliveries.sourceId), eq(sources.provider, name)))
    .where(
      and(
        eq(deliveries.type, stateChange),
        ne(deliveries.status, "unreadable").inlineParams(),
        sql`${deliveries.body} <> ''`,
        ofBodies(),
      ),
    )
    .offset(0)
    .as("told");
  const at = momentIn(sql`(${told.data} ->> 'created_at')`);
  const state = sql`nullif(${told.data} ->> 'new_state', '')`;
  const joinAt = momentIn(sql`(${told.data} #>> '{event_metadata,join_at}')`);
  const last = (value: SQL) =>
    sql`(array_agg(${value} order by ${at} desc, ${told.delivery} desc)
      filter (where ${at} is not null and ${value} is not null))[1]`;
  return parts
    .select({
      sourceId: told.sourceId,
      room: told.room,
      state: last(state).as("state"),
      joinAt: last(joinAt).as("join_at"),
    })
    .from(told)
    .groupBy(told.sourceId, told.room)
    .as("changes");
}
