import { and, desc, eq, gte, isNotNull, isNull, lt, not, or, type SQL, sql } from "drizzle-orm";
import { SPAN } from "#db/meetings/meeting.ts";
import { isLonger, tookPlace } from "#db/meetings/meeting-filter.ts";
import { sources } from "#db/schema/accounts.ts";
import { roomSettings, scheduledMeetings } from "#db/schema/operators.ts";
import { people } from "#db/schema/people.ts";
import { attendances, meetings, rooms } from "#db/schema/projected.ts";
import { sourceJson } from "#db/sources/source-json.ts";
import { isOneOf } from "#db/sql/batch.ts";
import { oneRow, parts } from "#db/sql/dialect.ts";
import { jsonObject } from "#db/sql/json.ts";
import { madeOnce } from "#db/sql/made-once.ts";
import type { Reader } from "#db/sql/orm.ts";
import { standingFor } from "#db/sql/standing-for.ts";
import { asReported, surenessOf, type VisitEnds } from "#domain/meeting/certainty.ts";
import type { RegisterEntry, RegisterMeeting } from "#domain/rooms/register/facts.ts";
import type { RoomSettings } from "#domain/rooms/register/settings.ts";
import type { RoomNamed } from "#domain/rooms/rooms.ts";
import { LONGEST_SCHEDULED_MS } from "#domain/scheduled/scheduled.ts";
import type { Ms } from "#domain/time/ms.ts";
import { type OneMeetingARoom, roomsOfSeries, seriesBy } from "./series.ts";

/** Later than any scheduled meeting. */
const LATEST: Ms = Number.MAX_SAFE_INTEGER;

/** A room with the settings of its series. */
export interface RoomSet extends RoomNamed {
  settings: RoomSettings | null;
}

/** A room by its id; `null` where there is none. */
export async function roomById(
  reader: Reader,
  id: string,
  providers: OneMeetingARoom,
): Promise<RoomSet | null> {
  if (!/^[1-9]\d{0,14}$/.test(id)) return null;
  const seriesRow = parts
    .select({ by: seriesBy(providers).as("room_series_by") })
    .from(oneRow)
    .as("series_of");
  const { thresholds, start, by, at } = roomSettings;
  const settings = jsonObject({ thresholds, start, by, at });
  const [row] = await reader
    .select({
      id: sql<string>`${rooms.id}::text`,
      key: rooms.key,
      title: rooms.title,
      source: sourceJson(),
      seriesBy: seriesRow.by,
      settings: sql<RoomSettings | null>`case when ${at} is not null then ${settings} end`,
    })
    .from(rooms)
    .innerJoin(sources, eq(sources.id, rooms.sourceId))
    .crossJoinLateral(seriesRow)
    .leftJoin(
      roomSettings,
      and(
        eq(roomSettings.sourceId, rooms.sourceId),
        eq(roomSettings.seriesBy, seriesRow.by),
        sql`${roomSettings.series} = case ${seriesRow.by} when 'title' then ${rooms.title} else ${rooms.key} end`,
      ),
    )
    .where(sql`${rooms.id} = ${id}::bigint`);
  return row ?? null;
}

/** Which meetings of a room are in the register: those in `[from, to)` of some length. */
export interface RegisterFilter {
  from: Ms;
  to: Ms;
  /** At least this long, up to `now` where it goes on; `null` for any length, none included. */
  longerThan: { ms: Ms; now: Ms } | null;
}

/**
 * A meeting of a room, how many there are (`of`), and the gap up to which a person counts as present all the
 * time.
 */
export type FoundMeeting = Omit<RegisterMeeting, "starts"> & {
  of: number;
  graceMs: Ms;
  /** When the provider reported its begin, and when the first participant came in, a note-taker included. */
  providerStartedAt: Ms | null;
  firstInAt: Ms | null;
  /** The meetings scheduled in its room while it went on. */
  scheduled: { startsAt: Ms; endsAt: Ms }[];
};

/** The latest meetings of a room, or of the series it stands for, newest first; with how many there are. */
export async function registerMeetings(
  reader: Reader,
  roomId: string,
  { from, to, longerThan }: RegisterFilter,
  providers: OneMeetingARoom,
  limit: number,
): Promise<FoundMeeting[]> {
  const slots = {
    wanted: and(
      sql`${rooms.id} = ${roomId}::bigint`,
      longerThan === null ? undefined : isLonger(longerThan),
    ),
    inRange: and(gte(meetings.firstAt, from), lt(meetings.firstAt, to)),
  };
  return registered(reader, "once", slots, { providers, limit });
}

const registered = madeOnce(
  (
    reader,
    { wanted, inRange }: { wanted: SQL | undefined; inRange: SQL | undefined },
    { providers, limit }: { providers: OneMeetingARoom; limit: number },
  ) => {
    const own = parts
      .select()
      .from(meetings)
      .where(
        and(
          sql`${meetings.roomId} = any(array${roomsOfSeries(providers)})`,
          isNull(meetings.mergedInto),
          tookPlace(),
          inRange,
        ),
      );
    const found = parts.$with("found").as(
      parts
        .select({
          id: meetings.id,
          ...SPAN,
          firstAt: meetings.firstAt,
          peopleCount: meetings.peopleCount,
          erasedAt: meetings.erasedAt,
          providerStartedAt: meetings.providerStartedAt,
          firstJoinedAt: meetings.firstJoinedAt,
          noteTakerCount: meetings.noteTakerCount,
          roomId: meetings.roomId,
          sourceId: meetings.sourceId,
          tipAt: meetings.tipAt,
          of: sql<number>`count(*) over ()::int`.as("of_all"),
          graceMs: sources.graceMs,
        })
        .from(rooms)
        .innerJoin(sources, eq(sources.id, rooms.sourceId))
        .crossJoinLateral(standingFor(meetings, own))
        .where(wanted)
        .orderBy(desc(meetings.firstAt), desc(meetings.id))
        .limit(limit),
    );
    const noteTakerIn = parts
      .select({ at: sql`min(${attendances.firstJoinedAt})` })
      .from(attendances)
      .where(and(eq(attendances.meetingId, found.id), attendances.isNoteTaker));
    const { startsAt, endsAt } = scheduledMeetings;
    const until = sql`case when ${found.status} = 'ended' then coalesce(${found.endedAt}, ${found.tipAt})
    else ${LATEST}::bigint end`;
    // Scheduled meetings are looked up only for the meetings that are shown.
    const scheduled = parts
      .select({ all: sql`json_agg(${jsonObject({ startsAt, endsAt })})` })
      .from(scheduledMeetings)
      .where(
        and(
          eq(scheduledMeetings.sourceId, found.sourceId),
          sql`${scheduledMeetings.room} in (${rooms.key}, ${rooms.place})`,
          isNull(scheduledMeetings.withdrawnAt),
          isNull(scheduledMeetings.cancelledAt),
          lt(found.firstAt, endsAt),
          sql`${startsAt} <= ${until}`,
          sql`${startsAt} > ${found.firstAt} - ${LONGEST_SCHEDULED_MS}::bigint`,
        ),
      );
    return reader
      .with(found)
      .select({
        id: found.id,
        status: found.status,
        firstAt: sql<Ms>`${found.firstAt}`,
        startedAt: found.startedAt,
        endedAt: found.endedAt,
        peopleCount: found.peopleCount,
        erased: sql<boolean>`${found.erasedAt} is not null`,
        of: found.of,
        graceMs: found.graceMs,
        providerStartedAt: found.providerStartedAt,
        firstInAt: sql<Ms | null>`least(${found.firstJoinedAt},
          case when ${found.noteTakerCount} > 0 then ${noteTakerIn} end)`,
        scheduled: sql<FoundMeeting["scheduled"]>`coalesce(${scheduled}, '[]')`,
      })
      .from(found)
      .innerJoin(rooms, eq(rooms.id, found.roomId))
      .orderBy(desc(found.firstAt), desc(found.id));
  },
);

/** All people who came in or waited in the meetings, with the person an operator joined them to. */
export async function registerEntries(
  reader: Reader,
  meetingIds: readonly string[],
): Promise<RegisterEntry[]> {
  const rows = await entries(reader, "once", {
    wanted: isOneOf(attendances.meetingId, meetingIds),
  });
  return rows.map(({ unsure, ...row }) => ({
    ...row,
    sureness: unsure === null ? asReported(row) : surenessOf(unsure),
  }));
}

const entries = madeOnce((reader, { wanted }: { wanted: SQL }) => {
  const joined = parts
    .select({ id: people.id, partOf: people.partOf })
    .from(people)
    .where(isNotNull(people.partOf))
    .as("joined");
  const { visits, tenures, waits } = attendances;
  return reader
    .select({
      meetingId: attendances.meetingId,
      personId: attendances.personId,
      userId: attendances.userId,
      name: attendances.name,
      nameKey: attendances.nameKey,
      firstJoinedAt: attendances.firstJoinedAt,
      lastLeftAt: attendances.lastLeftAt,
      attendedMs: attendances.attendedMs,
      openSince: attendances.openSince,
      isWaiting: sql<boolean>`${attendances.status} = 'waiting'`,
      hostedFrom: sql<Ms | null>`(${tenures} -> 0 ->> 'from')::bigint`,
      /** Few attendances have anything that was not reported: only of these the visits are read. */
      unsure: sql<VisitEnds[] | null>`case when ${visits}
        @? '$[*] ? (@.start != "reported" || @.end == "inferred" || @.end == "operator")'
        then ${visits} end`,
      joined: sql<RegisterEntry["joined"]>`case when ${joined.partOf} is not null
        then jsonb_build_object('id', ${joined.partOf}, 'visits', ${visits}) end`,
    })
    .from(attendances)
    .leftJoin(joined, eq(joined.id, attendances.identity))
    .where(
      and(
        wanted,
        not(attendances.isNoteTaker),
        or(isNotNull(attendances.firstJoinedAt), sql`${waits} <> '[]'::jsonb`),
      ),
    );
});
