import type { Database, Transaction } from "#db/client.ts";
import { isMeetingId } from "#db/reading/meeting.ts";
import { eventsOfMeetings, type FiledEvent } from "#db/recording/events.ts";
import { type KeptMeeting, meetingsAround } from "#db/recording/meetings.ts";
import {
  deliveriesById,
  type KeptDelivery,
  restateDeliveries,
  roomsAfter,
  silentDeliveries,
} from "#db/recording/replaying.ts";
import { lockRooms, lockRoomsById } from "#db/recording/rooms.ts";
import { sourcesOf } from "#db/sources.ts";
import type { MeetingEvent } from "#domain/event.ts";
import type { Rules } from "#domain/rules.ts";
import { toEventData } from "#domain/wire.ts";
import { currentMeetings } from "#server/ingest/advance-rooms.ts";
import { noChange, writeChange } from "#server/ingest/change.ts";
import { rulesOf } from "#server/ingest/known-sources.ts";
import { tell } from "#server/ingest/record.ts";
import { retellRooms } from "#server/ingest/retell-rooms.ts";
import type { Reading } from "#server/providers/provider.ts";
import { provider } from "#server/providers/providers.ts";

const DELIVERIES_AT_ONCE = 500;
const REPORT_EVERY = 200;

export interface Replayed {
  rooms: number;
  deliveries: number;
  /** Deliveries that say something else than what was told from them. */
  changed: number;
  /** Deliveries that told nothing when they came and do now. */
  read: number;
}

/**
 * Tells everything again from the kept deliveries, one room at a time, so that a mended translation
 * counts for what came before it. Running it twice changes nothing more, and the server may run meanwhile.
 * Throws when `meetingId` names no meeting.
 */
export async function replay(
  database: Database,
  meetingId: string | null,
  say: (line: string) => void,
): Promise<Replayed> {
  if (meetingId !== null && !isMeetingId(meetingId)) throw new UnknownMeeting();
  const done: Replayed = { rooms: 0, deliveries: 0, changed: 0, read: 0 };
  let room = 0;
  for (;;) {
    const [next] = await roomsAfter(database.orm, room, meetingId, 1);
    if (next === undefined) break;
    room = next;
    const told = await database.transaction((tx) => replayRoom(database, tx, next));
    done.rooms += 1;
    done.deliveries += told.deliveries;
    done.changed += told.changed;
    if (done.rooms % REPORT_EVERY === 0) say(`${done.rooms} rooms told again…`);
  }
  if (meetingId !== null && done.rooms === 0) throw new UnknownMeeting();
  if (meetingId === null) done.read = await readSilent(database, say);
  return done;
}

export class UnknownMeeting extends Error {
  override name = "UnknownMeeting";
  constructor() {
    super("No such meeting: --meeting takes the id in a meeting's address.");
  }
}

async function replayRoom(
  database: Database,
  tx: Transaction,
  roomId: number,
): Promise<{ deliveries: number; changed: number }> {
  const [room] = await lockRoomsById(tx, [roomId]);
  const rules = room && (await rulesBySource(database, [room.sourceId])).get(room.sourceId);
  if (!room || !rules) return { deliveries: 0, changed: 0 };
  const meetings = await meetingsAround(tx, [{ roomId, from: 0, to: null }]);
  const filed = await eventsOfMeetings(tx, idsOf(meetings));
  const byDelivery = Map.groupBy(filed, ({ deliveryId }) => deliveryId ?? 0);
  const withdrawn = new Set<number>();
  const arrived: { event: MeetingEvent; deliveryId: number }[] = [];
  const restated: Pick<KeptDelivery, "id" | "status">[] = [];
  for (const delivery of await deliveriesById(tx, [...byDelivery.keys()])) {
    const reading = read(delivery);
    // What it says of another room is not told here; a provider never moves a delivery's room.
    const events = eventsIn(reading);
    if (sameEvents(byDelivery.get(delivery.id) ?? [], events)) continue;
    withdrawn.add(delivery.id);
    restated.push({ id: delivery.id, status: statusOf(reading) });
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

/** What could not be read, or was ignored, when it came. */
async function readSilent(database: Database, say: (line: string) => void): Promise<number> {
  let after = 0;
  let told = 0;
  for (;;) {
    const batch = await silentDeliveries(database.orm, after, DELIVERIES_AT_ONCE);
    const last = batch.at(-1);
    if (!last) return told;
    after = last.id;
    const readable = batch.flatMap((delivery) => {
      const reading = read(delivery);
      return statusOf(reading) === delivery.status ? [] : [{ delivery, reading }];
    });
    if (readable.length === 0) continue;
    await database.transaction(async (tx) => {
      await restateDeliveries(
        tx,
        readable.map(({ delivery, reading }) => ({ id: delivery.id, status: statusOf(reading) })),
      );
      told += await tellLate(database, tx, readable);
    });
    say(`${told} deliveries read that could not be before…`);
  }
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
      const ruled = rules.get(room.sourceId);
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

function read({ provider: name, body }: KeptDelivery): Reading {
  const own = provider(name);
  if (own) return own.read(body);
  return { kind: "unreadable", reason: `no provider named ${name}`, type: null };
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
