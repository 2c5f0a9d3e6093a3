import type { Database, Transaction } from "#db/client.ts";
import { eventsOfMeetings, type FiledEvent } from "#db/recording/events.ts";
import { meetingsById } from "#db/recording/meetings.ts";
import { deliveriesById, type MeetingPlace, meetingsAfter } from "#db/recording/replaying.ts";
import { lockRoomsById, type Room } from "#db/recording/rooms.ts";
import type { MeetingEvent, Ms } from "#domain/event.ts";
import type { Rules } from "#domain/rules.ts";
import { toEventData } from "#domain/wire.ts";
import { currentMeetings, type RoomNews } from "#server/ingest/advance-rooms.ts";
import { noChange, writeChange } from "#server/ingest/change.ts";
import { eraseRooms } from "#server/ingest/erase-rooms.ts";
import { erasureIn } from "#server/ingest/record.ts";
import { retellRooms } from "#server/ingest/retell-rooms.ts";
import type { Reading } from "#server/providers/provider.ts";
import type { Progress } from "./progress.ts";
import { isAsKept, type Reread, reread, restate, rulesBySource } from "./reread.ts";

/** Events of one room that are told again at once: whole meetings, one at least. */
export const EVENTS_AT_ONCE = 5_000;
const MEETINGS_AT_ONCE = 500;
const BODIES_AT_ONCE = 200;

interface Settings {
  now: () => Ms;
  eventsAtOnce: number;
}

interface Told {
  deliveries: number;
  changed: number;
}

/** Tells the meetings of a room again from what their deliveries say now. A room that was erased is left. */
export async function replayRoom(
  database: Database,
  roomId: number,
  settings: Settings,
  progress: Progress,
): Promise<Told> {
  const told = { deliveries: 0, changed: 0 };
  let after: Ms = 0;
  for (;;) {
    const stretch = await database.transaction((tx) =>
      replayStretch(database, tx, roomId, after, settings),
    );
    if (stretch === null) return told;
    after = stretch.last;
    told.deliveries += stretch.deliveries;
    told.changed += stretch.changed;
    progress.add(stretch.events);
  }
}

/** The next meetings of the room, together; `null` where there are none. */
async function replayStretch(
  database: Database,
  tx: Transaction,
  roomId: number,
  after: Ms,
  { eventsAtOnce, now }: Settings,
): Promise<(Told & { last: Ms; events: number }) | null> {
  const [room] = await lockRoomsById(tx, [roomId]);
  const rules = room && (await rulesBySource(database, [room.sourceId])).get(room.sourceId);
  if (!room || !rules || room.erasedAt !== null) return null;
  const next = await meetingsAfter(tx, roomId, after, MEETINGS_AT_ONCE);
  const places = upTo(next, eventsAtOnce);
  const last = places.at(-1);
  if (!last) return null;
  const ids = places.map(({ id }) => id);
  const filed = await eventsOfMeetings(tx, ids);
  const { deliveries, withdrawn, arrived } = await compare(tx, filed);
  await retell(tx, { room, rules, arrived }, ids, withdrawn, now());
  const deletions = filed.filter(({ deliveryId }) => !withdrawn.has(deliveryId ?? 0));
  const erasure = erasureIn({ room, rules, arrived: [...deletions, ...arrived] });
  if (erasure) await eraseRooms(tx, [erasure], now());
  return { last: last.firstAt, events: filed.length, deliveries, changed: withdrawn.size };
}

/** The first meetings that have so many events together, one at least, with all that began when the last did. */
function upTo(meetings: readonly MeetingPlace[], events: number): MeetingPlace[] {
  let sum = 0;
  let last: Ms | null = null;
  const beyond = meetings.findIndex(({ seq, firstAt }) => {
    sum += seq;
    const isBeyond = last !== null && sum > events && firstAt > last;
    last = firstAt;
    return isBeyond;
  });
  return meetings.slice(0, beyond === -1 ? meetings.length : beyond);
}

interface Compared {
  /** Of those that told the events, how many are still kept. */
  deliveries: number;
  /** Deliveries whose events are taken back. */
  withdrawn: Set<number>;
  /** What they say instead. */
  arrived: RoomNews["arrived"];
}

/**
 * Holds what is filed against what its deliveries say now, and keeps those as what they are now. What was told
 * by a delivery that is no longer kept stays.
 */
async function compare(tx: Transaction, filed: readonly FiledEvent[]): Promise<Compared> {
  const byDelivery = Map.groupBy(filed, ({ deliveryId }) => deliveryId ?? 0);
  const withdrawn = new Set<number>();
  const arrived: RoomNews["arrived"] = [];
  let deliveries = 0;
  const ids = [...byDelivery.keys()].toSorted((a, b) => a - b);
  for (let from = 0; from < ids.length; from += BODIES_AT_ONCE) {
    const kept = await deliveriesById(tx, ids.slice(from, from + BODIES_AT_ONCE));
    const read = reread(kept);
    deliveries += kept.length;
    const moved = read.filter((one) => !isAsKept(one));
    const others = new Set(await restate(tx, moved));
    const repeats = new Set<Reread>(moved.filter((one) => !others.has(one)));
    for (const one of read) {
      const { id } = one.delivery;
      const events = repeats.has(one) ? [] : eventsIn(one.reading);
      if (sameEvents(byDelivery.get(id) ?? [], events)) continue;
      withdrawn.add(id);
      // What it says of another room is not told here; a provider never moves a delivery's room.
      for (const event of events) arrived.push({ event, deliveryId: id });
    }
  }
  return { deliveries, withdrawn, arrived };
}

async function retell(
  tx: Transaction,
  { room, rules, arrived }: { room: Room; rules: Rules; arrived: RoomNews["arrived"] },
  meetingIds: readonly string[],
  withdrawn: ReadonlySet<number>,
  now: Ms,
): Promise<void> {
  const current = (await currentMeetings(tx, [room])).get(room.id) ?? null;
  const stale = await meetingsById(tx, meetingIds);
  const ordinary = arrived.filter(({ event }) => event.type !== "data_deleted");
  const change = noChange();
  const news = { room, rules, arrived: ordinary, current, stale, withdrawn };
  await retellRooms(tx, [news], change, now);
  // What was kept of them may have been wrong: then a difference would only move it.
  for (const move of change.people) move.anew = true;
  await writeChange(tx, change);
}

function eventsIn(reading: Reading): MeetingEvent[] {
  return reading.kind === "events" ? reading.about.events : [];
}

function sameEvents(filed: readonly FiledEvent[], told: readonly MeetingEvent[]): boolean {
  const known = filed.map(({ event }) => text(event)).toSorted();
  const now = told.map(text).toSorted();
  return known.length === now.length && known.every((one, index) => one === now[index]);
}

function text(event: MeetingEvent): string {
  const participant = "participantId" in event ? event.participantId : null;
  return JSON.stringify([event.type, event.at, participant, toEventData(event)]);
}
