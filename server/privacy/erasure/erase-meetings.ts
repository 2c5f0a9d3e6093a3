import type { Database } from "#db/connection/client.ts";
import type { Transaction } from "#db/connection/session.ts";
import { deliveriesSaying, spellingsOf } from "#db/privacy/erasure/bodies.ts";
import { type NamedAs, pseudonymsFor } from "#db/privacy/erasure/erased-identities.ts";
import type { PersonErased } from "#db/privacy/erasure/erased-people.ts";
import { isOf, meetingsNaming } from "#db/privacy/erasure/meetings-of.ts";
import { lockRoomsById } from "#db/recording/rooms.ts";
import { isAboutParticipant } from "#domain/event/event.ts";
import { foldName } from "#domain/identity/name.ts";
import { type Renaming, renamed } from "#domain/privacy/erasure/pseudonyms.ts";
import type { AttendanceState, RecordedEvent, Room } from "#domain/projection/state.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { ErasedHash } from "#server/ingest/erased-hash.ts";
import { retryWhileBusy } from "#server/runtime/retry-while-busy.ts";
import { loadMeetings, rewriteMeetings } from "./rewrite-meetings.ts";

/** Meetings in one transaction: some tenths of a second, in which their rooms wait. */
export const MEETINGS_AT_ONCE = 50;
const DAY_MS: Ms = 86_400_000;

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
      await eraseIn(database, tx, person, rooms, ids, settings);
      return ids;
    }),
  );
}

async function eraseIn(
  database: Database,
  tx: Transaction,
  person: PersonErased,
  rooms: readonly Room[],
  ids: readonly string[],
  { hashOf, now }: ErasingWith,
): Promise<void> {
  const recorded = await loadMeetings(tx, rooms, ids);
  const { meetings, people, events } = recorded;
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
  const saying = await deliveriesSaying(tx, ids, [...said.texts].flatMap(spellingsOf));
  await rewriteMeetings(
    database,
    tx,
    recorded,
    {
      eventOf({ meetingId, event }) {
        const to = renamings.get(meetingId);
        return to === undefined ? event : renamed(event, to);
      },
      connectionOf: (meetingId, id) => renamings.get(meetingId)?.connections.get(id) ?? id,
    },
    { bodies: saying, now: now() },
  );
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
      return { kind, value, hash: hashOf(kind, sourceId, value, null), isIdentity, until: at };
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
