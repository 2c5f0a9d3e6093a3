import { v7 as uuid } from "uuid";
import { eraseFromEntries } from "#db/access/audit.ts";
import type { Database } from "#db/connection/client.ts";
import type { Transaction } from "#db/connection/session.ts";
import { forgetAskedIn } from "#db/desk/acts/asked.ts";
import { forgetMessagesOf } from "#db/integrations/outgoing/forgetting.ts";
import { eraseAlertsOf } from "#db/privacy/erasure/alerts.ts";
import { eraseBodies } from "#db/privacy/erasure/bodies.ts";
import { eraseHandlings } from "#db/privacy/erasure/handlings.ts";
import {
  keepReturned,
  renameReturned,
  returnedWaits,
  rewriteEvents,
} from "#db/privacy/erasure/meetings-of.ts";
import { attendancesOf } from "#db/recording/attendances.ts";
import { eventsOfMeetings } from "#db/recording/events.ts";
import { countLeft } from "#db/recording/left.ts";
import { loadCurrent } from "#db/recording/load.ts";
import { meetingsById } from "#db/recording/meetings.ts";
import { waitIdOf } from "#db/waits/wait-id.ts";
import { isAboutParticipant, type MeetingEvent } from "#domain/event/event.ts";
import { keptGroups } from "#domain/privacy/erasure/kept-apart.ts";
import type { Changes } from "#domain/projection/changes.ts";
import type { RoomInput } from "#domain/projection/news.ts";
import type {
  AttendanceState,
  MeetingState,
  RecordedEvent,
  Room,
} from "#domain/projection/state.ts";
import type { Ms } from "#domain/time/ms.ts";
import { planNews, writeChanges } from "#server/ingest/project-news.ts";
import { rulesBySource } from "#server/ingest/reread.ts";

/* Meetings are projected again from events in which people have pseudonyms, and every number stays. */

const DAY_MS: Ms = 86_400_000;
/** Who enters the corrections by which others stay who they were. */
const BY = "Rollcall";

/** Meetings of locked rooms, with all that is recorded of them. */
export interface RecordedMeetings {
  rooms: readonly Room[];
  meetings: readonly MeetingState[];
  people: readonly AttendanceState[];
  events: readonly RecordedEvent[];
}

/** Reads what is recorded of meetings of locked rooms: three statements. */
export async function loadMeetings(
  tx: Transaction,
  rooms: readonly Room[],
  ids: readonly string[],
): Promise<RecordedMeetings> {
  const [meetings, people, events] = await Promise.all([
    meetingsById(tx, ids),
    attendancesOf(tx, ids),
    eventsOfMeetings(tx, ids),
  ]);
  return { rooms, meetings, people, events };
}

/** What stands in the place of people in some meetings. */
export interface Rewriting {
  /** The event with pseudonyms; the same object where it names nobody of them. */
  eventOf: (recorded: RecordedEvent) => MeetingEvent;
  /** What a connection of a meeting is called. */
  connectionOf: (meetingId: string, participantId: string) => string;
  /** Why the bodies are erased of what is rewritten. */
  reason?: string;
}

/**
 * Writes pseudonyms into the events of meetings, erases the bodies of the deliveries that reported these and of some
 * others, and projects the meetings again: who is who and who came back stays. A constant number of statements.
 */
export async function rewriteMeetings(
  database: Database,
  tx: Transaction,
  recorded: RecordedMeetings,
  { eventOf, connectionOf, reason }: Rewriting,
  { bodies, now }: { bodies: readonly number[]; now: Ms },
): Promise<void> {
  const { rooms, meetings, people, events } = recorded;
  const rewritten = events.flatMap((own): RecordedEvent[] => {
    const event = eventOf(own);
    return event === own.event ? [] : [{ ...own, event }];
  });
  await rewriteEvents(tx, rewritten);
  await forgetMessagesOf(
    tx,
    meetings.map(({ id }) => id),
  );
  const reported = rewritten.flatMap(({ deliveryId }) => deliveryId ?? []);
  await eraseBodies(tx, [...new Set([...bodies, ...reported])], reason);
  const roomIds = rooms.map(({ id }) => id);
  const roomOf = new Map(meetings.map(({ id, roomId }) => [id, roomId]));
  const called = people.flatMap(({ meetingId, participantIds }) =>
    participantIds.flatMap((before) => {
      const [roomId, participantId] = [roomOf.get(meetingId), connectionOf(meetingId, before)];
      return roomId === undefined || participantId === before
        ? []
        : [{ roomId, before, participantId }];
    }),
  );
  await renameReturned(tx, called);
  await eraseHandlings(
    tx,
    called.map(({ roomId, before }) => ({ roomId, participantId: before })),
  );
  await forgetAskedIn(
    tx,
    called.map(({ roomId }) => roomId),
  );
  await eraseAlertsOf(
    tx,
    people.flatMap(({ meetingId, personId, participantIds }) => {
      const roomId = roomOf.get(meetingId);
      const isErased = participantIds.some((one) => connectionOf(meetingId, one) !== one);
      return roomId === undefined || !isErased ? [] : [{ roomId, personId }];
    }),
  );
  // What the log has of the desk's work is by the waits as they were called until now.
  const waitIds = people.flatMap(({ meetingId, waits }) =>
    waits.flatMap(({ participantId, startedAt }) => {
      const roomId = roomOf.get(meetingId);
      return roomId === undefined || connectionOf(meetingId, participantId) === participantId
        ? []
        : [waitIdOf({ roomId, participantId, startedAt })];
    }),
  );
  await eraseFromEntries(tx, [{ kind: "wait", ids: waitIds }]);
  const starts = meetings.map(({ tally }) => tally.firstAt ?? 0);
  const around = { from: Math.min(...starts) - 2 * DAY_MS, to: Math.max(...starts) + 2 * DAY_MS };
  const cameBack = await returnedWaits(tx, roomIds, around);
  await projectAsBefore(database, tx, recorded, connectionOf, now);
  const still = await returnedWaits(tx, roomIds, around);
  const name = (one: (typeof still)[number]) =>
    `${one.meetingId} ${one.startedAt} ${one.participantId}`;
  const are = new Set(still.map(name));
  const lost = cameBack
    .map((one) => ({ ...one, participantId: connectionOf(one.meetingId, one.participantId) }))
    .filter((one) => !are.has(name(one)));
  await keepReturned(tx, lost);
  await countLeft(tx, [...new Set(lost.map(({ meetingId }) => meetingId))]);
}

/**
 * Projects the meetings again. Where others would be somebody else because a name of theirs is no longer somebody's
 * beside them, they are kept who they were, by a correction.
 */
async function projectAsBefore(
  database: Database,
  tx: Transaction,
  { rooms, meetings, people, events }: RecordedMeetings,
  connectionOf: Rewriting["connectionOf"],
  now: Ms,
): Promise<void> {
  const [rules, current] = await Promise.all([
    rulesBySource(
      database,
      rooms.map(({ sourceId }) => sourceId),
    ),
    loadCurrent(tx, rooms),
  ]);
  const inputs = rooms.flatMap((room): RoomInput[] => {
    const own = rules.get(room.sourceId);
    if (own === undefined) return [];
    const stale = meetings.filter(({ roomId }) => roomId === room.id);
    const latest = current.get(room.id) ?? null;
    return [{ room, rules: own, arrived: [], current: latest, stale, withdrawn: new Set() }];
  });
  const first = await planNews(tx, inputs, now);
  const before = groupsIn(people, connectionOf);
  const after = groupsIn(peopleAfter(people, first), (_, id) => id);
  const eventsOf = Map.groupBy(events, ({ meetingId }) => meetingId);
  const kept = meetings.flatMap(({ id, roomId }) =>
    keptGroups(before.get(id) ?? [], after.get(id) ?? []).map((group) => {
      const called = (participantId: string) => connectionOf(id, participantId);
      return { roomId, event: correctionOf(group, eventsOf.get(id) ?? [], called, now) };
    }),
  );
  const changes =
    kept.length === 0
      ? first
      : await planNews(
          tx,
          inputs.map((input) => ({
            ...input,
            arrived: kept
              .filter(({ roomId }) => roomId === input.room.id)
              .map(({ event }) => ({ event, deliveryId: null })),
          })),
          now,
        );
  // Their events name the people that these connections were of under another id.
  const assigned = changes.attendances.kept.flatMap(({ meetingId, personId, participantIds }) =>
    participantIds.map((participantId) => ({ meetingId, participantId, personId })),
  );
  await writeChanges(tx, { ...changes, assigned: [...changes.assigned, ...assigned] });
}

type Groups = Map<string, string[][]>;

/** The connections of each person, by meeting. */
function groupsIn(
  people: readonly AttendanceState[],
  nameOf: (meetingId: string, participantId: string) => string,
): Groups {
  const groups: Groups = new Map();
  for (const { meetingId, participantIds } of people) {
    const own = groups.get(meetingId) ?? [];
    groups.set(meetingId, own);
    own.push(participantIds.map((id) => nameOf(meetingId, id)));
  }
  return groups;
}

function peopleAfter(
  people: readonly AttendanceState[],
  { attendances: { kept, dropped } }: Changes,
): AttendanceState[] {
  const key = ({ meetingId, personId }: Pick<AttendanceState, "meetingId" | "personId">) =>
    `${meetingId} ${personId}`;
  const rows = new Map(people.map((row) => [key(row), row]));
  for (const row of dropped) rows.delete(key(row));
  for (const row of kept) rows.set(key(row), row);
  return [...rows.values()];
}

/** At the first moment of any of its connections, so that it belongs to their meeting. */
function correctionOf(
  { verdict, participantIds, apartFrom }: ReturnType<typeof keptGroups>[number],
  events: readonly RecordedEvent[],
  called: (participantId: string) => string,
  now: Ms,
): MeetingEvent {
  const all = new Set([...participantIds, ...apartFrom]);
  const moments = events.flatMap(({ event }) => {
    if (!isAboutParticipant(event)) return [];
    return all.has(called(event.participantId)) ? [event.at] : [];
  });
  return {
    type: "identity_ruled",
    ...{ at: Math.min(...moments), ruling: uuid(), verdict, participantIds, apartFrom },
    ...{ by: BY, ruledAt: now },
  };
}
