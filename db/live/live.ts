import {
  and,
  desc,
  eq,
  gt,
  gte,
  inArray,
  isNotNull,
  isNull,
  ne,
  not,
  notExists,
  or,
  type SQL,
  sql,
} from "drizzle-orm";
import { sources } from "#db/schema/accounts.ts";
import { deliveries } from "#db/schema/facts.ts";
import { attendances, meetings, waits } from "#db/schema/projected.ts";
import { latestOfSource } from "#db/sources/reading-sources.ts";
import { isOneOf, unnested } from "#db/sql/batch.ts";
import { oneRow, parts } from "#db/sql/dialect.ts";
import { madeOnce, value } from "#db/sql/made-once.ts";
import type { Reader } from "#db/sql/orm.ts";
import { IMPORT } from "#domain/sources/imports/imports.ts";
import type { Ms } from "#domain/time/ms.ts";

const IS_WAITING = eq(waits.outcome, "waiting").inlineParams();

/** Since when people wait in each meeting: as its summary says. */
const waiting = parts
  .select({ meetingId: waits.meetingId, since: sql<Ms>`min(${waits.startedAt})`.as("since") })
  .from(waits)
  .where(IS_WAITING)
  .groupBy(waits.meetingId)
  .as("waiting");

const IN_PROGRESS = and(isNull(meetings.mergedInto), ne(meetings.status, "ended").inlineParams());

/** Of meetings of some sources; of all where these are `null`. */
function ofSources(ids: readonly string[] | null) {
  return ids === null ? undefined : isOneOf(meetings.sourceId, ids);
}

/** A meeting's position on the live page, as `livePositionOf` in the domain computes it from its summary. */
export interface LiveRank {
  id: string;
  rank: 0 | 1 | 2;
  at: Ms | null;
}

/**
 * The positions of the meetings in progress, and of those that ended less than their empty gap ago, in their
 * order, at most `limit`; of some sources alone where these are named.
 */
export async function liveRanks(
  reader: Reader,
  now: Ms,
  limit: number | null,
  sourceIds: readonly string[] | null = null,
): Promise<LiveRank[]> {
  const slots = { ofThese: ofSources(sourceIds), now: value(now), since: value(now - 86_400_000) };
  return ranked(reader, "anew", slots, { limit });
}

const ranked = madeOnce(
  (
    reader,
    { ofThese, now, since }: { ofThese: SQL | undefined; now: SQL; since: SQL },
    { limit }: { limit: number | null },
  ) => {
    const inProgress = parts
      .select({
        id: meetings.id,
        rank: sql<LiveRank["rank"]>`case when ${waiting.since} is null then 1 else 0 end`.as(
          "rank",
        ),
        at: sql<Ms | null>`coalesce(${waiting.since}, ${meetings.startedAt})`.as("at"),
      })
      .from(meetings)
      .leftJoin(waiting, eq(waiting.meetingId, meetings.id))
      .where(and(IN_PROGRESS, ofThese));
    const justEnded = parts
      .select({
        id: meetings.id,
        rank: sql<LiveRank["rank"]>`2`.as("rank"),
        at: sql<Ms | null>`${meetings.startedAt}`.as("at"),
      })
      .from(meetings)
      .innerJoin(sources, eq(sources.id, meetings.sourceId))
      .where(
        and(
          isNull(meetings.mergedInto),
          eq(meetings.status, "ended").inlineParams(),
          sql`${meetings.endedAt} > ${now}::bigint - ${sources.emptyGapMs}`,
          gt(meetings.endedAt, since),
          ofThese,
        ),
      );
    const positions = inProgress.unionAll(justEnded).as("positions");
    const inOrder = reader
      .select({ id: positions.id, rank: positions.rank, at: positions.at })
      .from(positions)
      .orderBy(positions.rank, sql`${positions.at} nulls first`, positions.id);
    return limit === null ? inOrder : inOrder.limit(limit);
  },
);

/** The totals of all meetings in progress, or of those of some sources: one statement. */
export async function liveTotals(reader: Reader, sourceIds: readonly string[] | null = null) {
  const [row] = await totals(reader, "anew", { ofThese: ofSources(sourceIds) });
  if (!row) throw new Error("an aggregate always answers one row");
  return row;
}

const totals = madeOnce((reader, { ofThese }: { ofThese: SQL | undefined }) => {
  const hosts = parts
    .select({ one: sql`1` })
    .from(attendances)
    .where(
      and(
        eq(attendances.meetingId, meetings.id),
        attendances.isHost,
        not(attendances.isNoteTaker),
        inArray(attendances.status, ["present", "not_known"]),
      ),
    );
  const isHostless = sql`${meetings.presentCount} + ${meetings.waitingCount} > 0
    and ${notExists(hosts)}`;
  const each = parts
    .select({
      present: meetings.presentCount,
      waiting: meetings.waitingCount,
      since: waiting.since,
      hostless: isHostless.as("hostless"),
    })
    .from(meetings)
    .leftJoin(waiting, eq(waiting.meetingId, meetings.id))
    .where(and(IN_PROGRESS, ofThese))
    .as("each");
  return reader
    .select({
      meetings: sql<number>`count(*)::int`,
      present: sql<number>`coalesce(sum(${each.present}), 0)::int`,
      waiting: sql<number>`coalesce(sum(${each.waiting}), 0)::int`,
      hostless: sql<number>`count(*) filter (where ${each.hostless})::int`,
      waitingWithoutHost: sql<number>`
        coalesce(sum(${each.waiting}) filter (where ${each.hostless}), 0)::int`,
      longestSince: sql<Ms | null>`min(${each.since})`,
    })
    .from(each);
});

/**
 * A person that a summary names: a present or former host, a person who waits, and one whose leaving nobody
 * reported.
 */
export type Notable = Awaited<ReturnType<typeof notablePeople>>[number];

export function notablePeople(reader: Reader, meetingIds: readonly string[]) {
  return notable(reader, "once", {
    isOfMeetings: isOneOf(attendances.meetingId, meetingIds),
    isWaitOfMeetings: isOneOf(waits.meetingId, meetingIds),
  });
}

const notable = madeOnce(
  (reader, { isOfMeetings, isWaitOfMeetings }: { isOfMeetings: SQL; isWaitOfMeetings: SQL }) => {
    const person = () =>
      reader
        .select({
          meetingId: attendances.meetingId,
          personId: attendances.personId,
          name: attendances.name,
          status: attendances.status,
          isHost: attendances.isHost,
          tenures: attendances.tenures,
          waits: attendances.waits,
          lastLeftAt: attendances.lastLeftAt,
        })
        .from(attendances);
    const waitingPeople = parts
      .select({ meetingId: waits.meetingId, personId: waits.personId })
      .from(waits)
      .where(and(isWaitOfMeetings, IS_WAITING));
    return person()
      .where(
        and(isOfMeetings, sql`${attendances.tenures} <> '[]'::jsonb`, not(attendances.isNoteTaker)),
      )
      .union(
        person().where(
          sql`(${attendances.meetingId}, ${attendances.personId}) in ${waitingPeople}`,
        ),
      )
      .union(
        person().where(
          and(
            isOfMeetings,
            isNotNull(attendances.leftBy),
            eq(attendances.status, "not_known").inlineParams(),
            not(attendances.isNoteTaker),
          ),
        ),
      );
  },
);

/** The visits of people who were in the meetings since a moment, for the head count over time. */
export function visitsOf(reader: Reader, meetingIds: readonly string[], since: Ms) {
  const isOfMeetings = isOneOf(attendances.meetingId, meetingIds);
  return visited(reader, "once", { isOfMeetings, since: value(since) });
}

const visited = madeOnce((reader, { isOfMeetings, since }: { isOfMeetings: SQL; since: SQL }) =>
  reader
    .select({ meetingId: attendances.meetingId, visits: attendances.visits })
    .from(attendances)
    .where(
      and(
        isOfMeetings,
        or(
          eq(attendances.status, "present").inlineParams(),
          isNull(attendances.lastLeftAt),
          gte(attendances.lastLeftAt, since),
        ),
        not(attendances.isNoteTaker),
      ),
    ),
);

/** What a person did in a meeting, for describing what an event meant. */
export type RecordedDeeds = Awaited<ReturnType<typeof deedsOf>>[number];

export function deedsOf(
  reader: Reader,
  people: readonly { meetingId: string; personId: string }[],
) {
  return deeds(reader, "once", { people: unnestedPeople(people).from });
}

const { meetingId, personId } = attendances;

function unnestedPeople(people: readonly { meetingId: string; personId: string }[]) {
  return unnested("n", { meetingId, personId }, people);
}

const deeds = madeOnce((reader, { people }: { people: SQL }) => {
  const { of } = unnestedPeople([]);
  const asked = parts
    .selectDistinct({ meeting: of.meetingId.as("meeting"), person: of.personId.as("person") })
    .from(people)
    .as("asked");
  return reader
    .select({
      meetingId,
      personId,
      name: attendances.name,
      isNoteTaker: attendances.isNoteTaker,
      visits: attendances.visits,
      waits: attendances.waits,
    })
    .from(asked)
    .innerJoin(attendances, and(eq(meetingId, asked.meeting), eq(personId, asked.person)));
});

/**
 * When anything was last received from a provider, or, where no delivery is stored, happened last; and how
 * many sources exist. For each source the delivery stored last is read: deliveries of a past, as `seed`
 * stores them, may be stored later than ones received since.
 */
export async function lastReceivedOf(
  reader: Reader,
): Promise<{ sources: number; lastEventAt: Ms | null }> {
  const [row] = await lastReceived(reader, "anew", {});
  return row ?? { sources: 0, lastEventAt: null };
}

const lastReceived = madeOnce((reader) => {
  const received = parts
    .select({ at: sql`(extract(epoch from max(${deliveries.receivedAt})) * 1000)::bigint` })
    .from(sources)
    .crossJoinLateral(latestOfSource)
    .innerJoin(deliveries, eq(deliveries.id, latestOfSource.id))
    .where(ne(sources.provider, IMPORT));
  const happened = parts
    .select({ at: meetings.tipAt })
    .from(meetings)
    .where(isNull(meetings.mergedInto))
    .orderBy(desc(meetings.tipAt))
    .limit(1);
  const sourceCount = parts.select({ count: sql`count(*)::int` }).from(sources);
  return reader
    .select({
      sources: sql<number>`${sourceCount}`,
      lastEventAt: sql<Ms | null>`coalesce(${received}, ${happened})`,
    })
    .from(oneRow);
});
