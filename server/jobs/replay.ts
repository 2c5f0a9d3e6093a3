import type { Database, Transaction } from "#db/client.ts";
import { failureOf } from "#db/failure.ts";
import { isMeetingId } from "#db/reading/meeting.ts";
import { eventsOfMeetings, type FiledEvent } from "#db/recording/events.ts";
import { type KeptMeeting, meetingsAround } from "#db/recording/meetings.ts";
import {
  countRooms,
  deliveriesById,
  deliveriesKnownAs,
  foldRepeats,
  type KeptDelivery,
  type Restated,
  restateDeliveries,
  roomsAfter,
  untoldDeliveries,
} from "#db/recording/replaying.ts";
import { lockRooms, lockRoomsById } from "#db/recording/rooms.ts";
import { sourcesOf } from "#db/sources.ts";
import type { MeetingEvent } from "#domain/event.ts";
import type { Rules } from "#domain/rules.ts";
import { toEventData } from "#domain/wire.ts";
import { currentMeetings } from "#server/ingest/advance-rooms.ts";
import { noChange, writeChange } from "#server/ingest/change.ts";
import { identityOf } from "#server/ingest/identity.ts";
import { rulesOf } from "#server/ingest/known-sources.ts";
import { tell } from "#server/ingest/record.ts";
import { retellRooms } from "#server/ingest/retell-rooms.ts";
import type { Reading } from "#server/providers/provider.ts";
import { provider } from "#server/providers/providers.ts";

/** Names the lock that only one replay holds. */
const TURN = 0x5245504c;
const DELIVERIES_AT_ONCE = 500;
const REPORT_EVERY_ROOMS = 200;
const REPORT_EVERY_DELIVERIES = 10_000;

export interface Replayed {
  rooms: number;
  deliveries: number;
  /** Deliveries that say something else than what was told from them. */
  changed: number;
  /** Deliveries that had told nothing, or of which nothing told was left, and that do now. */
  read: number;
}

/**
 * Tells everything again from the kept deliveries, one room at a time, so that a mended translation
 * counts for what came before it. Running it twice changes nothing more, and the server may run meanwhile.
 * Throws when `meetingId` names no meeting, and while another replay runs.
 */
export async function replay(
  database: Database,
  meetingId: string | null,
  say: (line: string) => void,
): Promise<Replayed> {
  if (meetingId !== null && !isMeetingId(meetingId)) throw new UnknownMeeting();
  const turn = await database.sql.reserve();
  try {
    const [lock] = await turn<{ mine: boolean }[]>`
      select pg_try_advisory_lock(${TURN}) as mine`;
    if (lock?.mine !== true) throw new AnotherReplay();
    return await replayAll(database, meetingId, say);
  } finally {
    await turn`select pg_advisory_unlock(${TURN})`.catch(() => undefined);
    turn.release();
  }
}

async function replayAll(
  database: Database,
  meetingId: string | null,
  say: (line: string) => void,
): Promise<Replayed> {
  const done: Replayed = { rooms: 0, deliveries: 0, changed: 0, read: 0 };
  const rooms = meetingId === null ? await countRooms(database.orm) : 1;
  const began = Date.now();
  let room = 0;
  for (;;) {
    const [next] = await roomsAfter(database.orm, room, meetingId, 1);
    if (next === undefined) break;
    room = next;
    const told = await database.transaction((tx) => replayRoom(database, tx, next));
    done.rooms += 1;
    done.deliveries += told.deliveries;
    done.changed += told.changed;
    if (done.rooms % REPORT_EVERY_ROOMS === 0) {
      const left = ((Date.now() - began) / done.rooms) * Math.max(0, rooms - done.rooms);
      say(`${done.rooms} of ${rooms} rooms told again, about ${Math.ceil(left / 1000)} s left…`);
    }
  }
  if (meetingId !== null && done.rooms === 0) throw new UnknownMeeting();
  if (meetingId === null) done.read = await readUntold(database, say);
  return done;
}

export class UnknownMeeting extends Error {
  override name = "UnknownMeeting";
  constructor() {
    super("No such meeting: --meeting takes the id in a meeting's address.");
  }
}

export class AnotherReplay extends Error {
  override name = "AnotherReplay";
  constructor() {
    super("Another replay is running: wait until it is done.");
  }
}

async function replayRoom(
  database: Database,
  tx: Transaction,
  roomId: number,
): Promise<{ deliveries: number; changed: number }> {
  const [room] = await lockRoomsById(tx, [roomId]);
  const rules = room && (await rulesBySource(database, [room.sourceId])).get(room.sourceId);
  if (!room || !rules || room.erasedAt !== null) return { deliveries: 0, changed: 0 };
  const meetings = await meetingsAround(tx, [{ roomId, from: 0, to: null }]);
  const filed = await eventsOfMeetings(tx, idsOf(meetings));
  const byDelivery = Map.groupBy(filed, ({ deliveryId }) => deliveryId ?? 0);
  const withdrawn = new Set<number>();
  const arrived: { event: MeetingEvent; deliveryId: number }[] = [];
  const restated: Restated[] = [];
  for (const delivery of await deliveriesById(tx, [...byDelivery.keys()])) {
    const reading = read(delivery);
    if (reading === null) continue;
    // What it says of another room is not told here; a provider never moves a delivery's room.
    const events = eventsIn(reading);
    if (sameEvents(byDelivery.get(delivery.id) ?? [], events)) continue;
    withdrawn.add(delivery.id);
    restated.push(restatedAs(delivery, reading));
    for (const event of events) arrived.push({ event, deliveryId: delivery.id });
  }
  const current = (await currentMeetings(tx, [room])).get(room.id) ?? null;
  const change = noChange();
  await retellRooms(
    tx,
    [{ room, rules, arrived, current, stale: meetings, withdrawn }],
    change,
    Date.now(),
  );
  await writeChange(tx, change);
  if (restated.length > 0) await restateDeliveries(tx, restated);
  return { deliveries: byDelivery.size, changed: withdrawn.size };
}

/**
 * What told nothing so far: it could not be read or was ignored when it came, or what was told from it is
 * no longer there.
 */
async function readUntold(database: Database, say: (line: string) => void): Promise<number> {
  let seen = 0;
  let told = 0;
  for await (const ids of untoldDeliveries(database.sql, DELIVERIES_AT_ONCE)) {
    told += await patiently(() => database.transaction((tx) => tellUntold(database, tx, ids)));
    seen += ids.length;
    if (seen % REPORT_EVERY_DELIVERIES === 0) say(`${seen} silent deliveries read, ${told} told…`);
  }
  return told;
}

/** Once more where a delivery of the same name came in just then. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (failureOf(error) === "down") throw error;
    return work();
  }
}

async function tellUntold(
  database: Database,
  tx: Transaction,
  ids: readonly number[],
): Promise<number> {
  const readings = (await deliveriesById(tx, ids)).flatMap((delivery) => {
    const reading = read(delivery);
    const changed = reading !== null && statusOf(reading) !== delivery.status;
    return reading !== null && (changed || reading.kind === "events")
      ? [{ delivery, reading, restated: restatedAs(delivery, reading) }]
      : [];
  });
  if (readings.length === 0) return 0;
  const names = readings.map(({ restated }) => restated);
  const first = firstOfEach(await deliveriesKnownAs(tx, names), names);
  const repeats = names.flatMap(({ id }) => {
    const known = first.get(id) ?? id;
    return known === id ? [] : [{ id, first: known }];
  });
  const gone = new Set(repeats.map(({ id }) => id));
  if (repeats.length > 0) await foldRepeats(tx, repeats);
  const left = readings.filter(({ restated }) => !gone.has(restated.id));
  await restateDeliveries(
    tx,
    left.map(({ restated }) => restated),
  );
  return tellLate(database, tx, left);
}

/** For each of the restated, the delivery that is known by its names first: itself, if no other is. */
function firstOfEach(
  known: readonly Pick<Restated, "id" | "sourceId" | "key" | "occurrence">[],
  restated: readonly Restated[],
): Map<number, number> {
  const own = new Set(restated.map(({ id }) => id));
  const holders = new Map<string, number>();
  const names = ({ sourceId, key, occurrence }: Omit<Restated, "id" | "status" | "room">) => [
    `key ${sourceId} ${key}`,
    `occurrence ${sourceId} ${occurrence}`,
  ];
  // Those that keep their names come before those that get new ones, and of these the first that came.
  for (const one of known) {
    if (!own.has(one.id)) for (const name of names(one)) holders.set(name, one.id);
  }
  const first = new Map<number, number>();
  for (const one of restated.toSorted((a, b) => a.id - b.id)) {
    const holder = names(one)
      .map((name) => holders.get(name))
      .find((id) => id !== undefined);
    first.set(one.id, holder ?? one.id);
    if (holder === undefined) for (const name of names(one)) holders.set(name, one.id);
  }
  return first;
}

function restatedAs(delivery: KeptDelivery, reading: Reading): Restated {
  const own = provider(delivery.provider);
  if (own === null) throw new Error(`no provider named ${delivery.provider}`);
  const { id, sourceId } = delivery;
  return { id, sourceId, ...identityOf(own, delivery.body, reading) };
}

async function tellLate(
  database: Database,
  tx: Transaction,
  readable: readonly { delivery: KeptDelivery; reading: Reading }[],
): Promise<number> {
  const rules = await rulesBySource(database, [
    ...new Set(readable.map((one) => one.delivery.sourceId)),
  ]);
  const news = readable.flatMap(({ delivery, reading }) =>
    reading.kind === "events"
      ? reading.about.events.map((event) => ({ delivery, about: reading.about, event }))
      : [],
  );
  const byRoom = Map.groupBy(news, ({ delivery, about }) => `${delivery.sourceId} ${about.room}`);
  const keys = [...byRoom.values()].flatMap(([first]) =>
    first
      ? [{ sourceId: first.delivery.sourceId, key: first.about.room, title: first.about.title }]
      : [],
  );
  const rooms = keys.length > 0 ? await lockRooms(tx, keys) : [];
  const current = await currentMeetings(tx, rooms);
  await tell(
    tx,
    rooms.flatMap((room) => {
      const own = byRoom.get(`${room.sourceId} ${room.key}`) ?? [];
      const arrived = own.map(({ event, delivery }) => ({ event, deliveryId: delivery.id }));
      const ruled = room.erasedAt === null ? rules.get(room.sourceId) : undefined;
      return ruled ? [{ room, rules: ruled, arrived, current: current.get(room.id) ?? null }] : [];
    }),
    Date.now(),
  );
  return news.length;
}

async function rulesBySource(
  { orm }: Database,
  ids: readonly string[],
): Promise<Map<string, Rules>> {
  const rules = new Map<string, Rules>();
  for (const source of await sourcesOf(orm, ids)) {
    const own = provider(source.provider);
    if (own) rules.set(source.id, rulesOf(own, source));
  }
  return rules;
}

/** `null` where nothing is left to read, or nobody who can. */
function read({ provider: name, body }: KeptDelivery): Reading | null {
  return body.length === 0 ? null : (provider(name)?.read(body) ?? null);
}

function eventsIn(reading: Reading): MeetingEvent[] {
  return reading.kind === "events" ? reading.about.events : [];
}

function statusOf(reading: Reading): KeptDelivery["status"] {
  return reading.kind === "events" ? "recorded" : reading.kind;
}

function sameEvents(filed: readonly FiledEvent[], told: readonly MeetingEvent[]): boolean {
  const text = (event: MeetingEvent) =>
    JSON.stringify([
      event.type,
      event.at,
      "participantId" in event ? event.participantId : null,
      toEventData(event),
    ]);
  const known = filed.map(({ event }) => text(event)).toSorted();
  const now = told.map(text).toSorted();
  return known.length === now.length && known.every((one, index) => one === now[index]);
}

function idsOf(meetings: readonly KeptMeeting[]): string[] {
  return meetings.map(({ id }) => id);
}
