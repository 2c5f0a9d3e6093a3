import { v7 as uuid } from "uuid";
import type { Database } from "#db/connection/client.ts";
import type { Transaction } from "#db/connection/session.ts";
import { deliveriesSaying, eraseBodies, spellingsOf } from "#db/erasure/bodies.ts";
import { type NamedAs, type PersonErased, pseudonymsFor } from "#db/erasure/erased-people.ts";
import {
  isOf,
  keepReturned,
  meetingsNaming,
  renameReturned,
  returnedWaits,
  rewriteEvents,
} from "#db/erasure/meetings-of.ts";
import { attendancesOf } from "#db/recording/attendances.ts";
import { eventsOfMeetings } from "#db/recording/events.ts";
import { countLeft } from "#db/recording/left.ts";
import { loadCurrent } from "#db/recording/load.ts";
import { meetingsById } from "#db/recording/meetings.ts";
import { lockRoomsById } from "#db/recording/rooms.ts";
import { keptGroups } from "#domain/erasure/kept-apart.ts";
import { type Renaming, renamed } from "#domain/erasure/pseudonyms.ts";
import { isAboutParticipant, type MeetingEvent } from "#domain/event/event.ts";
import { foldName } from "#domain/identity/name.ts";
import type { Changes } from "#domain/projection/changes.ts";
import type { RoomInput } from "#domain/projection/news.ts";
import type {
  AttendanceState,
  MeetingState,
  RecordedEvent,
  Room,
} from "#domain/projection/state.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { ErasedHash } from "#server/ingest/erased-hash.ts";
import { planNews, writeChanges } from "#server/ingest/project-news.ts";
import { rulesBySource } from "#server/ingest/reread.ts";
import { retryWhileBusy } from "#server/runtime/retry-while-busy.ts";

/** Meetings in one transaction: some tenths of a second, in which their rooms wait. */
export const MEETINGS_AT_ONCE = 50;
const DAY_MS: Ms = 86_400_000;
/** Who enters the corrections by which others stay who they were. */
const BY = "Rollcall";

/** What a batch needs of its process. */
export interface ErasingWith {
  hashOf: ErasedHash;
  now: () => Ms;
  meetingsAtOnce: number;
}

/**
 * Erases a person from the next meetings that they are named in: their events have pseudonyms, the bodies of the
 * deliveries that name them are gone, and everything that follows is projected again. Returns how many meetings that
 * were; none at the end. A constant number of statements, however many meetings.
 */
export async function eraseMeetings(
  database: Database,
  person: PersonErased,
  settings: ErasingWith,
): Promise<string[]> {
  return retryWhileBusy(() =>
    database.transaction(async (tx) => {
      const named = await meetingsNaming(tx, person, settings.meetingsAtOnce);
      if (named.length === 0) return [];
      const rooms = await lockRoomsById(tx, [...new Set(named.map(({ roomId }) => roomId))]);
      const ids = named.map(({ id }) => id);
      await eraseIn(database, tx, person, { rooms, ids }, settings);
      return ids;
    }),
  );
}

interface Batch {
  rooms: readonly Room[];
  ids: readonly string[];
}

async function eraseIn(
  database: Database,
  tx: Transaction,
  person: PersonErased,
  { rooms, ids }: Batch,
  { hashOf, now }: ErasingWith,
): Promise<void> {
  const [meetings, people, events] = await Promise.all([
    meetingsById(tx, ids),
    attendancesOf(tx, ids),
    eventsOfMeetings(tx, ids),
  ]);
  const roomOf = new Map(meetings.map(({ id, roomId }) => [id, roomId]));
  const keyOf = new Map(rooms.map(({ id, key }) => [id, key]));
  const own = people.filter((row) => isOf(person, row));
  const said = saidOf(
    person,
    own,
    events,
    (meetingId) => keyOf.get(roomOf.get(meetingId) ?? 0) ?? "",
  );
  const pseudonyms = await pseudonymsFor(tx, person, namedBy(said, person, hashOf));
  const none = new Map<string, string>();
  const [userIds, names, all] = (["user", "name", "connection"] as const).map(
    (kind) => pseudonyms.get(kind) ?? none,
  );
  const connectionsOf = Map.groupBy(own, ({ meetingId }) => meetingId);
  const renamingOf = (meetingId: string): Renaming => ({
    userIds: userIds ?? none,
    names: names ?? none,
    connections: new Map(
      (connectionsOf.get(meetingId) ?? []).flatMap(({ participantIds }) =>
        participantIds.flatMap((id) => {
          const pseudonym = all?.get(id);
          return pseudonym === undefined ? [] : [[id, pseudonym] as const];
        }),
      ),
    ),
    userIdsLast: person.subject.userIdsLast,
  });
  const renamings = new Map(ids.map((id) => [id, renamingOf(id)]));
  const rewritten = events.flatMap((recorded): RecordedEvent[] => {
    const to = renamings.get(recorded.meetingId);
    const event = to === undefined ? recorded.event : renamed(recorded.event, to);
    return event === recorded.event ? [] : [{ ...recorded, event }];
  });
  await rewriteEvents(tx, rewritten);
  const texts = [...said.texts].flatMap(spellingsOf);
  const saying = await deliveriesSaying(tx, ids, texts);
  await eraseBodies(tx, [
    ...new Set([...saying, ...rewritten.flatMap(({ deliveryId }) => deliveryId ?? [])]),
  ]);
  const roomIds = rooms.map(({ id }) => id);
  await renameReturned(tx, roomIds, all ?? none);
  const starts = meetings.map(({ tally }) => tally.firstAt ?? 0);
  const around = { from: Math.min(...starts) - 2 * DAY_MS, to: Math.max(...starts) + 2 * DAY_MS };
  const cameBack = await returnedWaits(tx, roomIds, around);
  await projectAsBefore(
    database,
    tx,
    { rooms, ids },
    { meetings, people, events, renamings },
    now(),
  );
  const renamedOf = (meetingId: string, id: string) =>
    renamings.get(meetingId)?.connections.get(id) ?? id;
  const still = await returnedWaits(tx, roomIds, around);
  const name = (one: (typeof still)[number]) =>
    `${one.meetingId} ${one.startedAt} ${one.participantId}`;
  const are = new Set(still.map(name));
  const lost = cameBack
    .map((one) => ({ ...one, participantId: renamedOf(one.meetingId, one.participantId) }))
    .filter((one) => !are.has(name(one)));
  await keepReturned(tx, lost);
  await countLeft(tx, [...new Set(lost.map(({ meetingId }) => meetingId))]);
}

/** What the events of a person call them, and what may stand of that in a body. */
interface SaidOfPerson {
  users: Set<string>;
  names: Set<string>;
  /** A connection with the key of its room, and until when what it reports is still theirs. */
  connections: { id: string; room: string; until: Ms }[];
  texts: Set<string>;
}

/** What a connection still reports in this time after an erasure, in a meeting that went on then, is of the erased. */
const STILL_OPEN_MS = DAY_MS;

function saidOf(
  { subject, at }: PersonErased,
  own: readonly AttendanceState[],
  events: readonly RecordedEvent[],
  roomKeyOf: (meetingId: string) => string,
): SaidOfPerson {
  const said: SaidOfPerson = {
    users: new Set(),
    names: new Set(),
    connections: [],
    texts: new Set(),
  };
  const theirs = new Map(
    own.flatMap((row) => row.participantIds.map((id) => [`${row.meetingId} ${id}`, row] as const)),
  );
  if (subject.knownBy === "user_id") said.users.add(subject.of);
  for (const row of own) {
    const isOpen = ["present", "waiting", "not_known"].includes(row.status);
    for (const id of row.participantIds) {
      const until = isOpen ? at + STILL_OPEN_MS : at;
      said.connections.push({ id, room: roomKeyOf(row.meetingId), until });
    }
  }
  for (const { meetingId, event } of events) {
    if (!isAboutParticipant(event)) continue;
    const row = theirs.get(`${meetingId} ${event.participantId}`);
    if (row === undefined) continue;
    const name = foldName(event.name);
    if (name !== null) said.names.add(name);
    if (event.name !== null && name !== null) said.texts.add(event.name);
    // A user id that others have too names nobody.
    if (event.userId !== null && !row.userIdShared) said.users.add(event.userId);
  }
  for (const user of said.users) said.texts.add(user);
  return said;
}

/** In an order that is kept by their pseudonyms. */
function namedBy(said: SaidOfPerson, person: PersonErased, hashOf: ErasedHash): NamedAs[] {
  const { sourceId, subject, at } = person;
  const plain = (kind: "user" | "name", values: ReadonlySet<string>) =>
    [...values].toSorted(byCode).map((value): NamedAs => {
      const isIdentity =
        kind === (subject.knownBy === "user_id" ? "user" : "name") && value === subject.of;
      return { kind, value, hash: hashOf(kind, sourceId, value, ""), isIdentity, until: at };
    });
  const connections = said.connections
    .toSorted((a, b) => byCode(a.id, b.id))
    .map(({ id, room, until }): NamedAs => {
      const hash = hashOf("connection", sourceId, id, room);
      return { kind: "connection", value: id, hash, isIdentity: false, until };
    });
  return [...plain("user", said.users), ...plain("name", said.names), ...connections];
}

function byCode(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

interface Before {
  meetings: readonly MeetingState[];
  people: readonly AttendanceState[];
  events: readonly RecordedEvent[];
  renamings: ReadonlyMap<string, Renaming>;
}

/**
 * Projects the meetings again. Where others would be somebody else because a name of theirs is no longer somebody's
 * beside them, they are kept who they were, by a correction.
 */
async function projectAsBefore(
  database: Database,
  tx: Transaction,
  { rooms, ids }: Batch,
  { meetings, people, events, renamings }: Before,
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
  const before = groupsIn(
    people,
    (meetingId, id) => renamings.get(meetingId)?.connections.get(id) ?? id,
  );
  const after = groupsIn(peopleAfter(people, first), (_, id) => id);
  const eventsOf = Map.groupBy(events, ({ meetingId }) => meetingId);
  const kept = ids.flatMap((id) =>
    keptGroups(before.get(id) ?? [], after.get(id) ?? []).map((group) => ({
      roomId: meetings.find((one) => one.id === id)?.roomId,
      event: correctionOf(group, eventsOf.get(id) ?? [], renamings.get(id), now),
    })),
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
  to: Renaming | undefined,
  now: Ms,
): MeetingEvent {
  const all = new Set([...participantIds, ...apartFrom]);
  const moments = events.flatMap(({ event }) => {
    if (!isAboutParticipant(event)) return [];
    const id = to?.connections.get(event.participantId) ?? event.participantId;
    return all.has(id) ? [event.at] : [];
  });
  return {
    type: "identity_ruled",
    ...{ at: Math.min(...moments), ruling: uuid(), verdict, participantIds, apartFrom },
    ...{ by: BY, ruledAt: now },
  };
}
