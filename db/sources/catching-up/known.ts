import { and, asc, eq, gte, inArray, isNull, ne, or, sql } from "drizzle-orm";
import { events } from "#db/schema/facts.ts";
import { attendances, meetings, rooms } from "#db/schema/projected.ts";
import { isOneOf } from "#db/sql/batch.ts";
import type { Reader } from "#db/sql/orm.ts";
import type { KnownRoom, KnownStay } from "#domain/sources/catching-up/known.ts";
import type { Ms } from "#domain/time/ms.ts";

/** The rooms of a source in which something went on since then, or still does. Three statements, however many. */
export async function knownSince(
  reader: Reader,
  sourceId: string,
  since: Ms,
): Promise<KnownRoom[]> {
  const isOpen = ne(meetings.status, "ended").inlineParams();
  const own = await reader
    .select({
      id: meetings.id,
      room: rooms.key,
      others: sql<string[]>`coalesce((
        select jsonb_agg(o.key) from ${rooms} o where o.joined_to = ${rooms}.id), '[]')`,
      place: rooms.place,
      status: meetings.status,
      firstAt: meetings.firstAt,
    })
    .from(meetings)
    .innerJoin(rooms, eq(rooms.id, meetings.roomId))
    .where(
      and(
        eq(meetings.sourceId, sourceId),
        isNull(meetings.mergedInto),
        isNull(rooms.erasedAt),
        or(isOpen, gte(meetings.tipAt, since)),
      ),
    )
    .orderBy(asc(meetings.firstAt));
  const ids = own.map(({ id }) => id);
  const [stays, bounds] = await Promise.all([staysIn(reader, ids), boundsIn(reader, ids)]);
  const byRoom = Map.groupBy(own, ({ room }) => room);
  return [...byRoom].flatMap(([key, all]) => {
    const isOf = new Set(all.map(({ id }) => id));
    const told = bounds.filter(({ meetingId }) => isOf.has(meetingId));
    const idsOf = (type: string) =>
      told.flatMap((bound) => (bound.type === type ? (bound.providerId ?? []) : []));
    const known = {
      isGoingOn: all.some(({ status }) => status !== "ended"),
      isPlaced: all.some(({ place }) => place !== null),
      since: Math.min(...all.map(({ firstAt }) => firstAt ?? Infinity)),
      started: idsOf("meeting_started"),
      ended: idsOf("meeting_ended"),
      stays: all.flatMap(({ id }) => stays.get(id) ?? []),
    };
    return [key, ...all.flatMap(({ others }) => others)].map((room) => ({ room, ...known }));
  });
}

async function staysIn(
  reader: Reader,
  meetingIds: readonly string[],
): Promise<Map<string, KnownStay[]>> {
  if (meetingIds.length === 0) return new Map();
  const { meetingId, visits, isHost, hostSaid } = attendances;
  const rows = await reader
    .select({ meetingId, visits, isHost, hostSaid })
    .from(attendances)
    .where(isOneOf(meetingId, meetingIds));
  const byMeeting = Map.groupBy(rows, (row) => row.meetingId);
  return new Map(
    [...byMeeting].map(([id, own]) => [
      id,
      own.flatMap((person) =>
        person.visits.map(({ participantId, joinedAt, leftAt, end }) => ({
          ...{ participantId, joinedAt, leftAt },
          isEndTold: end === "reported" || end === "operator",
          isHost: person.hostSaid ? person.isHost : null,
        })),
      ),
    ]),
  );
}

/** The provider's own meetings whose start or end was told. */
async function boundsIn(reader: Reader, meetingIds: readonly string[]) {
  if (meetingIds.length === 0) return [];
  return reader
    .select({
      meetingId: events.meetingId,
      type: events.type,
      providerId: sql<string | null>`${events.data} ->> 'provider_meeting_id'`,
    })
    .from(events)
    .where(
      and(
        isOneOf(events.meetingId, meetingIds),
        inArray(events.type, ["meeting_started", "meeting_ended"]),
      ),
    );
}
