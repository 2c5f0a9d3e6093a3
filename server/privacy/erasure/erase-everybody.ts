import { eraseFromEntries } from "#db/access/audit.ts";
import type { Database } from "#db/connection/client.ts";
import type { Transaction } from "#db/connection/session.ts";
import { type NamedAs, pseudonymsForAll } from "#db/privacy/erasure/erased-identities.ts";
import { numbersFor } from "#db/privacy/erasure/erased-people.ts";
import { forgetNoteTakers, type Part, partsNamed } from "#db/privacy/erasure/traces.ts";
import { goneAmong, leavePeopleOut } from "#db/recording/erasing.ts";
import { lockRoomsById } from "#db/recording/rooms.ts";
import { isAboutParticipant } from "#domain/event/event.ts";
import { foldName } from "#domain/identity/name.ts";
import { isNoteTakerName } from "#domain/identity/note-taker.ts";
import type { Rules } from "#domain/participant/rules.ts";
import {
  isPseudonym,
  type PseudonymKind,
  renamedAmong,
} from "#domain/privacy/erasure/pseudonyms.ts";
import type { MeetingState } from "#domain/projection/state.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { ErasedHash } from "#server/ingest/erased-hash.ts";
import { rulesBySource } from "#server/ingest/reread.ts";
import { loadMeetings, type RecordedMeetings, rewriteMeetings } from "./rewrite-meetings.ts";

/** The reason of a delivery whose body was erased with everybody of its meeting. */
export const ERASED_WITH_MEETING = "erased with the people of its meeting, who are kept no longer";

export interface ErasingMeetings {
  sourceId: string;
  /** Meetings that are over, and the rooms that they are in. */
  ids: readonly string[];
  roomIds: readonly number[];
  hashOf: ErasedHash;
  now: Ms;
}

/**
 * Erases everybody from meetings that are over: each is an erased person with a number from then on, the same in all
 * meetings, and every number stays. The bodies of the deliveries that reported these meetings are erased, and of
 * whoever was in no other meeting what links and the audit log say of them. A constant number of statements. Returns
 * how many attendances that were.
 */
export async function eraseEverybody(
  database: Database,
  tx: Transaction,
  { sourceId, ids, roomIds, hashOf, now }: ErasingMeetings,
): Promise<number> {
  const rooms = await lockRoomsById(tx, [...new Set(roomIds)]);
  const kept = rooms.filter(({ erasedAt }) => erasedAt === null);
  const recorded = await loadMeetings(tx, kept, ids);
  const [rules] = [...(await rulesBySource(database, [sourceId])).values()];
  if (rules === undefined || recorded.meetings.length === 0) return 0;
  const identities = [...new Set(recorded.people.flatMap(({ identity }) => identity ?? []))];
  const parts = new Map((await partsNamed(tx, identities)).map((part) => [part.id, part]));
  const everybody = everybodyIn(recorded, parts);
  const called = await pseudonymsOf(tx, everybody, { sourceId, rules, hashOf, now });
  const reported = recorded.events.flatMap(({ deliveryId }) => deliveryId ?? []);
  await rewriteMeetings(
    database,
    tx,
    recorded,
    {
      eventOf: ({ meetingId, event }) =>
        renamedAmong(event, {
          of: (participantId) => called.get(`${meetingId} ${participantId}`) ?? null,
          byName: (name) => called.get(`${meetingId} by ${name}`)?.names.get(name) ?? null,
        }),
      connectionOf: (meetingId, id) => called.get(`${meetingId} ${id}`)?.connection ?? id,
      reason: ERASED_WITH_MEETING,
    },
    { bodies: reported, now },
  );
  if (identities.length > 0) {
    const joined = await leavePeopleOut(tx, identities);
    const gone = await goneAmong(tx, [...identities, ...joined]);
    await eraseFromEntries(tx, [{ kind: "person", ids: gone }]);
    const names = gone.flatMap((id) => {
      const part = parts.get(id);
      return part?.knownBy === "name" ? part.of : [];
    });
    await forgetNoteTakers(tx, [sourceId], names);
  }
  return everybody.filter(({ isAttendance }) => isAttendance).length;
}

/** Somebody of a meeting, by what their events call them. */
interface Somebody {
  meeting: MeetingState;
  room: string;
  /** As whom the source knows them over meetings; `null` for a guest without a name, and for a note-taker. */
  part: Part | null;
  connections: string[];
  users: Set<string>;
  isUserShared: boolean;
  /** Folded. */
  names: Set<string>;
  /** The folded name of a host who is known by that alone. */
  by: string | null;
  isAttendance: boolean;
}

/** Everybody of meetings whom an event names, and who has no pseudonym yet. */
function everybodyIn(
  { rooms, meetings, people, events }: RecordedMeetings,
  parts: ReadonlyMap<string, Part>,
): Somebody[] {
  const keyOf = new Map(rooms.map(({ id, key }) => [id, key]));
  const all: Somebody[] = [];
  const homes = new Map<string, Somebody>();
  const add = (meeting: MeetingState, more: Partial<Somebody>) => {
    const one: Somebody = {
      ...{ meeting, room: keyOf.get(meeting.roomId) ?? "", part: null, connections: [] },
      ...{ users: new Set(), isUserShared: false, names: new Set(), by: null },
      ...{ isAttendance: false, ...more },
    };
    all.push(one);
    for (const id of one.connections) homes.set(`${meeting.id} ${id}`, one);
    return one;
  };
  const byId = new Map(meetings.map((meeting) => [meeting.id, meeting]));
  for (const row of people) {
    const meeting = byId.get(row.meetingId);
    const connections = row.participantIds.filter((id) => !isPseudonym(id)).toSorted(byCode);
    if (meeting === undefined || connections.length === 0) continue;
    const part = row.identity === null ? null : (parts.get(row.identity) ?? null);
    add(meeting, { part, connections, isUserShared: row.userIdShared, isAttendance: true });
  }
  for (const { meetingId, event } of events) {
    const meeting = byId.get(meetingId);
    if (meeting === undefined) continue;
    if (event.type === "observer_left" && event.by !== undefined) {
      const by = foldName(event.by);
      const isKnown = all.some((one) => one.meeting === meeting && one.by === by);
      const isErased = by === null || /^(erased person|guest \*)/.test(by);
      if (!isKnown && !isErased) add(meeting, { by, names: new Set([by]) });
    }
    if (!isAboutParticipant(event) || isPseudonym(event.participantId)) continue;
    const { participantId } = event;
    const own =
      homes.get(`${meetingId} ${participantId}`) ?? add(meeting, { connections: [participantId] });
    const name = foldName(event.name);
    if (name !== null) own.names.add(name);
    if (event.userId !== null) own.users.add(event.userId);
  }
  return all;
}

/** What stands in the place of a connection and what its events say. */
interface Called {
  connection: string | undefined;
  users: ReadonlyMap<string, string>;
  names: ReadonlyMap<string, string>;
}

interface PseudonymsFrom {
  sourceId: string;
  rules: Pick<Rules, "noteTakers" | "userIdsLast">;
  hashOf: ErasedHash;
  now: Ms;
}

/** What stands in the place of everybody, by meeting and connection; of a host known by name, by meeting and name. */
async function pseudonymsOf(
  tx: Transaction,
  everybody: readonly Somebody[],
  { sourceId, rules, hashOf, now }: PseudonymsFrom,
): Promise<Map<string, Called>> {
  const identity = (kind: PseudonymKind, value: string) => ({
    ...{ kind, value, hash: hashOf(kind, sourceId, value, null) },
  });
  // A user id that makes nobody here who they are may do so elsewhere, or stand with several: it is one everywhere.
  const isOwn = (one: Somebody, user: string) =>
    one.part?.knownBy === "user_id"
      ? one.part.of === user
      : !rules.userIdsLast && !one.isUserShared;
  const subjects = new Map<string, ReturnType<typeof identity> | null>();
  const keyOf = (one: Somebody, index: number) =>
    one.part === null ? `nobody ${index}` : `${one.part.knownBy} ${one.part.of}`;
  for (const [index, one] of everybody.entries()) {
    const { part } = one;
    const kind = part?.knownBy === "user_id" ? ("user" as const) : ("name" as const);
    subjects.set(keyOf(one, index), part && identity(kind, part.of));
    for (const user of one.users) {
      if (!isOwn(one, user)) subjects.set(`user_id ${user}`, identity("user", user));
    }
  }
  const keys = [...subjects.keys()];
  const numbers = await numbersFor(tx, sourceId, [...subjects.values()], now);
  const numberOf = new Map(keys.map((key, index) => [key, numbers[index] ?? 0]));
  const namedOf = everybody.map((one, index) => {
    const { room, meeting, part } = one;
    const until = endOf(meeting);
    // Everywhere it has the same pseudonym, and what is reported late is theirs in this room.
    const both = (kind: PseudonymKind, value: string, more: Partial<NamedAs>): NamedAs[] =>
      [null, room].map((where) => ({
        ...{ kind, value, hash: hashOf(kind, sourceId, value, where), isIdentity: false, ...more },
        until: where === null ? 0 : until,
      }));
    const isIdentity = (knownBy: string, value: string) =>
      part?.knownBy === knownBy && part.of === value;
    return {
      number: numberOf.get(keyOf(one, index)) ?? 0,
      named: [
        ...[...one.users].toSorted(byCode).flatMap((user) => {
          const other = numberOf.get(`user_id ${user}`) ?? 0;
          const instead = isOwn(one, user) ? {} : { instead: `erased-${other}` };
          return both("user", user, { isIdentity: isIdentity("user_id", user), ...instead });
        }),
        ...[...one.names].toSorted(byCode).flatMap((name) => {
          const isNoteTaker = isNoteTakerName(name, rules.noteTakers);
          return both("name", name, { isIdentity: isIdentity("name", name), isNoteTaker });
        }),
        ...one.connections.map((value): NamedAs => {
          const hash = hashOf("connection", sourceId, value, room);
          return { kind: "connection", value, hash, isIdentity: false, until };
        }),
      ],
    };
  });
  const merged = [...Map.groupBy(namedOf, ({ number }) => number)].map(([number, own]) => ({
    number,
    named: own.flatMap(({ named }) => named),
  }));
  const found = await pseudonymsForAll(tx, sourceId, merged);
  const none = new Map<string, string>();
  return new Map(
    everybody.flatMap((one, index) => {
      const pseudonyms = found.get(namedOf[index]?.number ?? 0);
      const of = (kind: PseudonymKind) => pseudonyms?.get(kind) ?? none;
      const called = { users: of("user"), names: of("name") };
      const { id } = one.meeting;
      return [
        ...one.connections.map((connection): [string, Called] => [
          `${id} ${connection}`,
          { ...called, connection: of("connection").get(connection) },
        ]),
        ...(one.by === null
          ? []
          : [[`${id} by ${one.by}`, { ...called, connection: undefined }] as [string, Called]]),
      ];
    }),
  );
}

/** What is reported late of a meeting happened before then. */
function endOf({ tally: { endedAt, tipAt, lastOutAt, firstAt } }: MeetingState): Ms {
  return Math.max(endedAt ?? 0, tipAt ?? 0, lastOutAt ?? 0, firstAt ?? 0);
}

function byCode(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
