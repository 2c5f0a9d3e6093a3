import { and, desc, eq, inArray, isNotNull, isNull, ne, type SQL, sql } from "drizzle-orm";
import { deliveries, events } from "#db/schema/facts.ts";
import { meetings } from "#db/schema/projected.ts";
import { unnested } from "#db/sql/batch.ts";
import { parts } from "#db/sql/dialect.ts";
import type { Reader } from "#db/sql/orm.ts";
import { type BotRow, ofBodies } from "./bot-row.ts";

/** A delivery of one of the bots that were asked about, and its place among them. */
export interface BotDelivery {
  bot: number;
  id: number;
  type: string | null;
  body: Uint8Array;
}

const ASKED = {
  bot: events.seq,
  sourceId: deliveries.sourceId,
  room: deliveries.room,
  meetingId: meetings.mergedInto,
  observer: deliveries.room,
};

/**
 * The deliveries of each of some bots that have one of the types, and the latest of any type, in the order they came:
 * deliveries with events are found through these, the others through their room. One statement, however many bots.
 */
export async function botDeliveries(
  reader: Reader,
  bots: readonly Pick<BotRow, "sourceId" | "room" | "meetingId" | "observer">[],
  types: readonly string[],
): Promise<BotDelivery[]> {
  if (bots.length === 0) return [];
  const asked = unnested(
    "asked",
    ASKED,
    bots.map(({ sourceId, room, meetingId, observer }, bot) => {
      return { bot, sourceId, room, meetingId, observer };
    }),
  );
  const { of } = asked;
  const delivery = sql<number>`${events.deliveryId}`.as("delivery");
  const withEvents = (condition?: SQL) =>
    parts
      .select({ delivery })
      .from(events)
      .where(
        and(
          sql`${events.meetingId} = ${of.meetingId}`,
          isNotNull(events.deliveryId),
          sql`(${of.observer} is null or coalesce(${events.data} ->> 'observer', '') = ${of.observer})`,
          condition,
        ),
      );
  const silent = (id: SQL<number>, condition?: SQL) =>
    parts
      .select({ delivery: id.as("delivery") })
      .from(deliveries)
      .where(
        and(
          sql`${deliveries.sourceId} = ${of.sourceId}`,
          sql`${deliveries.room} = ${of.room}`,
          ne(deliveries.status, "recorded").inlineParams(),
          sql`${deliveries.body} <> ''`,
          condition,
        ),
      );
  const found = withEvents(isNull(events.participantId))
    .union(withEvents().orderBy(desc(events.seq)).limit(1))
    .union(silent(sql`${deliveries.id}`, inArray(deliveries.type, [...types])))
    .union(silent(sql`max(${deliveries.id})`))
    .as("found");
  return reader
    .select({
      bot: of.bot,
      id: deliveries.id,
      type: deliveries.type,
      body: deliveries.body,
    })
    .from(asked.from)
    .crossJoinLateral(found)
    .innerJoin(deliveries, and(eq(deliveries.id, found.delivery), ofBodies()))
    .orderBy(of.bot, deliveries.id);
}
