import { and, asc, eq, gte, inArray, isNull, lte, not, sql } from "drizzle-orm";
import { sources } from "#db/schema/accounts.ts";
import { deliveries, events } from "#db/schema/facts.ts";
import { meetings } from "#db/schema/projected.ts";
import { oneRow, parts } from "#db/sql/dialect.ts";
import type { Reader } from "#db/sql/orm.ts";
import { SILENCE_WEEKS } from "#domain/sources/silence.ts";
import type { Ms } from "#domain/time/ms.ts";
import { latestOfSource } from "./reading-sources.ts";

const WEEK_MS: Ms = 7 * 86_400_000;

/** How a source was heard: the last time, and the longest silence in each week of the last ones that had a meeting. */
export interface Heard {
  id: string;
  lastAt: Ms | null;
  longest: Ms[];
}

/** The latest meeting of a source, for a lateral join. */
const latestMeeting = parts
  .select({
    firstAt: sql<Ms | null>`${meetings.firstAt}`.as("latest_first_at"),
    tipAt: sql<Ms | null>`${meetings.tipAt}`.as("latest_tip_at"),
  })
  .from(meetings)
  .where(and(eq(meetings.sourceId, sources.id), isNull(meetings.mergedInto)))
  .orderBy(sql`${meetings.firstAt} desc`, sql`${meetings.id} desc`)
  .limit(1)
  .as("latest_meeting");

/** From the last moment of any earlier meeting to the first of this one. */
const SILENCE = sql`${meetings.firstAt} - max(coalesce(${meetings.tipAt}, ${meetings.firstAt}))
  over (order by ${meetings.firstAt}, ${meetings.id} rows between unbounded preceding and 1 preceding)`;

/** How each of some sources was heard, or each of all. One statement. */
export async function heardBySource(
  reader: Reader,
  ids: readonly string[] | null = null,
): Promise<Heard[]> {
  const gaps = parts
    .select({
      week: sql`(${latestMeeting.firstAt} - ${meetings.firstAt}) / ${WEEK_MS}`.as("gap_week"),
      silenceMs: SILENCE.as("silence_ms"),
    })
    .from(meetings)
    .where(
      and(
        eq(meetings.sourceId, sources.id),
        isNull(meetings.mergedInto),
        sql`${meetings.firstAt} > ${latestMeeting.firstAt} - ${SILENCE_WEEKS * WEEK_MS}`,
      ),
    )
    .as("gaps");
  const weeks = parts
    .select({ longest: sql`greatest(0, max(${gaps.silenceMs}))`.as("longest_ms") })
    .from(gaps)
    .where(sql`${gaps.silenceMs} is not null`)
    .groupBy(gaps.week)
    .as("weeks");
  const longest = parts.select({ all: sql`json_agg(${weeks.longest})` }).from(weeks);
  const received = parts
    .select({ at: sql`extract(epoch from ${deliveries.receivedAt}) * 1000` })
    .from(deliveries)
    .where(eq(deliveries.id, latestOfSource.id));
  const rows = await reader
    .select({
      id: sources.id,
      receivedAt: sql<string | null>`${received}`,
      tipAt: latestMeeting.tipAt,
      longest: sql<Ms[] | null>`${longest}`,
    })
    .from(sources)
    .leftJoinLateral(latestOfSource, sql`true`)
    .leftJoinLateral(latestMeeting, sql`true`)
    .where(ids === null ? undefined : inArray(sources.id, [...ids]));
  return rows.map(({ id, receivedAt, tipAt, longest }) => ({
    id,
    lastAt: latest(receivedAt === null ? null : Math.floor(Number(receivedAt)), tipAt),
    longest: longest ?? [],
  }));
}

function latest(a: Ms | null, b: Ms | null): Ms | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b);
}

/** The first time that each thing came of a source; `null` where it did not come yet. */
export interface FirstHeard {
  deliveryAt: Ms | null;
  joinAt: Ms | null;
  leaveAt: Ms | null;
}

/**
 * What webhooks brought first of a source; what was asked for shows nothing of them. One statement, which reads as far
 * as the first of each.
 */
export async function firstHeard(reader: Reader, sourceId: string): Promise<FirstHeard> {
  const { receivedAt, id, isReconciled } = deliveries;
  const delivery = parts
    .select({ at: sql`extract(epoch from ${receivedAt}) * 1000` })
    .from(deliveries)
    .where(and(eq(deliveries.sourceId, sourceId), not(isReconciled)))
    .orderBy(asc(receivedAt), asc(id))
    .limit(1);
  const [row] = await reader
    .select({
      deliveryAt: sql<string | null>`${delivery}`,
      joinAt: sql<Ms | null>`${firstOf(sourceId, "joined")}`,
      leaveAt: sql<Ms | null>`${firstOf(sourceId, "left")}`,
    })
    .from(oneRow);
  const { deliveryAt = null, joinAt = null, leaveAt = null } = row ?? {};
  return {
    deliveryAt: deliveryAt === null ? null : Math.floor(Number(deliveryAt)),
    joinAt: joinAt === null ? null : Number(joinAt),
    leaveAt: leaveAt === null ? null : Number(leaveAt),
  };
}

function firstOf(sourceId: string, type: "joined" | "left") {
  return parts
    .select({ at: events.at })
    .from(meetings)
    .innerJoin(events, eq(events.meetingId, meetings.id))
    .where(
      and(
        eq(meetings.sourceId, sourceId),
        isNull(meetings.mergedInto),
        eq(events.type, type),
        // Looked up for each, which are few: joined, every month of deliveries would be read.
        sql`not coalesce((select ${deliveries.isReconciled} from ${deliveries}
          where ${deliveries.id} = ${events.deliveryId} offset 0), false)`,
      ),
    )
    .orderBy(asc(meetings.firstAt), asc(meetings.id), asc(events.seq))
    .limit(1);
}

/** Whether anything came from a source in a time. */
export async function heardBetween(
  reader: Reader,
  sourceId: string,
  from: Ms,
  to: Ms,
): Promise<boolean> {
  const { receivedAt } = deliveries;
  const found = await reader
    .select({ id: deliveries.id })
    .from(deliveries)
    .where(
      and(
        eq(deliveries.sourceId, sourceId),
        gte(receivedAt, new Date(from)),
        lte(receivedAt, new Date(to)),
      ),
    )
    .limit(1);
  return found.length > 0;
}
