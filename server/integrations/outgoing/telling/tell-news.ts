import type { StoredEndpoint } from "#db/integrations/outgoing/endpoints.ts";
import { refileMessages } from "#db/integrations/outgoing/messages.ts";
import {
  admissionsIn,
  type ChangedMeeting,
  changedMeetings,
  eventsToTell,
  hostsIn,
  noteTold,
} from "#db/integrations/outgoing/news.ts";
import { type MeetingRow, meetingsByIds } from "#db/meetings/meeting.ts";
import type { Orm } from "#db/sql/orm.ts";
import { toEvent, UnreadableEvent, wireSource } from "#domain/event/recorded.ts";
import {
  SETTLED_AFTER_MS,
  TOLD_WITHIN_MS,
  type Trigger,
} from "#domain/integrations/outgoing/endpoint.ts";
import type { Occurrence, ToldMeeting } from "#domain/integrations/outgoing/occurrence.ts";
import {
  meetingEnded,
  meetingStarted,
  occurrencesOfEvent,
  type ToldEvent,
} from "#domain/integrations/outgoing/of-events.ts";
import {
  hostsChanged,
  meetingMerged,
  waitAdmitted,
} from "#domain/integrations/outgoing/of-meeting.ts";
import type { Ms } from "#domain/time/ms.ts";
import { attendee } from "#server/providers/attendee/attendee.ts";
import { keptEvent, keptMetadata } from "#server/providers/attendee/kept.ts";
import { provider } from "#server/providers/providers.ts";
import { type Happened, type Telling, tellEndpoints } from "./messages.ts";

/** So many meetings in one transaction. */
const AT_ONCE = 25;

/** Tells endpoints what is new of some meetings, a portion in each transaction; stops between two of them. */
export async function tellNews(
  orm: Orm,
  telling: Telling,
  ids: readonly string[],
  signal?: AbortSignal,
): Promise<void> {
  for (let from = 0; from < ids.length && signal?.aborted !== true; from += AT_ONCE) {
    await tellPortion(orm, telling, ids.slice(from, from + AT_ONCE));
  }
}

/** Moves the cursors of the meetings in the transaction in which what they tell is written. */
async function tellPortion(orm: Orm, telling: Telling, ids: readonly string[]): Promise<void> {
  const { endpoints, now } = telling;
  await orm.transaction(async (tx) => {
    const changed = await changedMeetings(tx, ids);
    if (changed.length === 0) return;
    const happened = await happenedIn(tx, changed, wantedOf(endpoints), now);
    await tellEndpoints(tx, telling, happened);
    await refileMessages(
      tx,
      changed.flatMap(({ id, mergedInto }) =>
        mergedInto === null ? [] : [{ from: id, into: mergedInto }],
      ),
    );
    await noteTold(
      tx,
      changed.map((meeting) => toldOf(meeting, now)),
    );
  });
}

function wantedOf(endpoints: readonly StoredEndpoint[]): ReadonlySet<Trigger> {
  return new Set(endpoints.flatMap(({ triggers }) => triggers));
}

/** A cursor after everything of a meeting was told; its attendance is told once it is settled. */
function toldOf({ id, seq, startedAt, endedAt, mergedInto, told }: ChangedMeeting, now: Ms) {
  const isOver = endedAt !== null && mergedInto === null;
  const isRecent = (endedAt ?? now) > now - TOLD_WITHIN_MS;
  return {
    ...{ meetingId: id, seq, startedAt, endedAt, mergedInto },
    attendanceDueAt: isOver && isRecent ? now + SETTLED_AFTER_MS : null,
    attendanceTold: told?.attendanceTold ?? null,
  };
}

/** What happened in changed meetings since they were told of, in the order in which it is told. */
async function happenedIn(
  tx: Orm,
  changed: readonly ChangedMeeting[],
  wanted: ReadonlySet<Trigger>,
  now: Ms,
): Promise<Happened[]> {
  const since = now - TOLD_WITHIN_MS;
  const there = changed.filter(({ mergedInto }) => mergedInto === null);
  const into = changed.flatMap(({ mergedInto }) => mergedInto ?? []);
  const ids = there.map(({ id }) => id);
  const none: never[] = [];
  const [rows, events, admissions, hosts] = await Promise.all([
    meetingsByIds(tx, [...new Set([...ids, ...into])]),
    eventsToTell(
      tx,
      there.map(({ id, seq, told }) => ({ id, from: Math.min(told?.seq ?? 0, seq) + 1 })),
      attendee.name,
    ),
    wanted.has("wait.admitted") ? admissionsIn(tx, ids, since) : none,
    wanted.has("host.changed") ? hostsIn(tx, ids) : none,
  ]);
  const rowOf = new Map(rows.map((row) => [row.id, row]));
  const eventsOf = Map.groupBy(events, ({ meetingId }) => meetingId);
  const admissionsOf = Map.groupBy(admissions, ({ meetingId }) => meetingId);
  const hostsOf = Map.groupBy(hosts, ({ meetingId }) => meetingId);
  return changed.flatMap((meeting): Happened[] => {
    const row = rowOf.get(meeting.mergedInto ?? meeting.id);
    // An erased one tells nothing any more.
    if (row === undefined || row.erasedAt !== null) return [];
    const told = toldMeeting(row);
    const occurrences =
      meeting.mergedInto === null
        ? [
            ...started(meeting, told),
            ...(eventsOf.get(meeting.id) ?? []).flatMap((event) => occurrencesOf(told, event)),
            ...(admissionsOf.get(meeting.id) ?? []).map((wait) => waitAdmitted(told, wait)),
            ...hostsChanged(told, hostsOf.get(meeting.id) ?? []),
            ...ended(meeting, told),
          ]
        : meeting.told?.mergedInto === meeting.mergedInto
          ? []
          : [meetingMerged(told, meeting.id, now)];
    const room = { sourceId: row.source.id, key: row.room, title: row.title };
    return occurrences.flatMap((occurrence) =>
      occurrence.at > since && wanted.has(occurrence.trigger) ? [{ occurrence, room }] : [],
    );
  });
}

function started({ startedAt, told }: ChangedMeeting, meeting: ToldMeeting): Occurrence[] {
  const isNew = startedAt !== null && (told?.startedAt ?? null) === null;
  return isNew ? [meetingStarted(meeting, startedAt)] : [];
}

function ended({ endedAt, told }: ChangedMeeting, meeting: ToldMeeting): Occurrence[] {
  const isNew = endedAt !== null && endedAt !== (told?.endedAt ?? null);
  return isNew ? [meetingEnded(meeting, endedAt)] : [];
}

type EventRow = Awaited<ReturnType<typeof eventsToTell>>[number];

/** What is told of an event; nothing of one that cannot be read, as of a later version. */
function occurrencesOf(meeting: ToldMeeting, row: EventRow): Occurrence[] {
  const { deliveryId, name, body, wasHost } = row;
  try {
    const event = toEvent({ ...row, participant_id: row.participantId });
    const given: ToldEvent["given"] =
      body === null ? null : { ...keptEvent(body), metadata: keptMetadata(body) };
    return occurrencesOfEvent(meeting, { event, deliveryId, name, wasHost, given });
  } catch (error) {
    if (error instanceof UnreadableEvent) return [];
    throw error;
  }
}

export function toldMeeting(row: MeetingRow): ToldMeeting {
  const { id, room, title, roomId, providerIds, startedAt, endedAt } = row;
  const isOnePerRoom = provider(row.source.provider)?.meetings === "one_per_room";
  return {
    ...{ id, source: wireSource(row.source), roomId, room, title, providerIds },
    ...{ isOnePerRoom, startedAt, endedAt },
  };
}
