import { sql } from "drizzle-orm";
import type { Transaction } from "#db/session.ts";
import { isAboutParticipant, type Ms } from "#domain/event.ts";
import { toEventData } from "#domain/wire.ts";
import type { NewDelivery } from "./deliveries.ts";
import type { FiledEvent } from "./events.ts";
import type { KeptMeeting } from "./meetings.ts";
import { firstIdOf, monthAt } from "./months.ts";
import type { Attendance, KeptWait } from "./people.ts";

/*
 * Whole stretches of history, told elsewhere and written by COPY: many times as fast as the recorder's
 * statements, and for what is new only.
 */

/** A delivery with its number and how often it came again. */
export interface CopiedDelivery extends NewDelivery {
  id: number;
  repeats: number;
}

/** A wait with the room of its meeting. */
export interface CopiedWait extends KeptWait {
  roomId: number;
}

type Value = string | number | boolean | null;
type Columns<Row> = Readonly<Record<string, (row: Row) => Value>>;

/** Rows in one text of about so many characters: small ones stall, large ones are memory. */
const TEXT_LENGTH = 256 * 1024;

const DELIVERIES: Columns<CopiedDelivery> = {
  id: (d) => d.id,
  source_id: (d) => d.sourceId,
  room: (d) => d.room,
  received_at: (d) => new Date(d.receivedAt).toISOString(),
  status: (d) => d.status,
  type: (d) => d.type,
  reason: (d) => d.reason,
  repeats: (d) => d.repeats,
  body: (d) => `\\x${hex(d.body)}`,
};

const DELIVERY_KEYS: Columns<CopiedDelivery> = {
  source_id: (d) => d.sourceId,
  delivery_id: (d) => d.id,
  key: (d) => d.key,
  occurrence: (d) => d.occurrence,
};

const EVENTS: Columns<FiledEvent> = {
  meeting_id: (e) => e.meetingId,
  seq: (e) => e.seq,
  type: ({ event }) => event.type,
  at: ({ event }) => event.at,
  participant_id: ({ event }) => (isAboutParticipant(event) ? event.participantId : null),
  person_id: (e) => e.personId,
  data: ({ event }) => JSON.stringify(toEventData(event)),
  delivery_id: (e) => e.deliveryId,
};

const MEETINGS: Columns<KeptMeeting> = {
  id: (m) => m.id,
  room_id: (m) => m.roomId,
  source_id: (m) => m.sourceId,
  seq: (m) => m.seq,
  status: ({ tally }) => tally.status,
  started_at: ({ tally }) => tally.startedAt,
  ended_at: ({ tally }) => tally.endedAt,
  ended_by: ({ tally }) => tally.endedBy,
  provider_ids: ({ tally }) => array(tally.frame.providerIds),
  provider_started_at: ({ tally }) => tally.frame.startedAt,
  provider_ended_at: ({ tally }) => tally.frame.endedAt,
  observed: ({ tally }) => tally.frame.observed,
  observed_from: ({ tally }) => tally.frame.observedFrom,
  present_count: ({ tally }) => tally.presentCount,
  waiting_count: ({ tally }) => tally.waitingCount,
  people_count: ({ tally }) => tally.peopleCount,
  note_taker_count: ({ tally }) => tally.noteTakers.count,
  note_takers_in: ({ tally }) => tally.noteTakers.inCount,
  note_takers_out_at: ({ tally }) => tally.noteTakers.outAt,
  observer: ({ tally }) => tally.observer && JSON.stringify(tally.observer),
  peak_count: ({ tally }) => tally.peak?.count ?? null,
  peak_at: ({ tally }) => tally.peak?.at ?? null,
  first_at: ({ tally }) => tally.firstAt,
  first_joined_at: ({ tally }) => tally.firstJoinedAt,
  last_out_at: ({ tally }) => tally.lastOutAt,
  tip_at: ({ tally }) => tally.tipAt,
  stale_at: ({ tally }) => tally.staleAt,
  overtaken_at: ({ tally }) => tally.overtakenAt,
  recent: ({ tally }) => tally.recent && JSON.stringify(tally.recent),
  whole: ({ tally }) => tally.whole,
};

const ATTENDANCES: Columns<Attendance> = {
  meeting_id: (a) => a.meetingId,
  person_id: (a) => a.personId,
  identified_by: (a) => a.identifiedBy,
  name: (a) => a.name,
  name_key: (a) => a.nameKey,
  user_id: (a) => a.userId,
  is_note_taker: (a) => a.isNoteTaker,
  identity: (a) => a.identity,
  participant_ids: (a) => array(a.participantIds),
  status: (a) => a.status,
  is_host: (a) => a.isHost,
  host_said: (a) => a.hostSaid,
  first_at: (a) => a.firstAt,
  first_joined_at: (a) => a.firstJoinedAt,
  last_left_at: (a) => a.lastLeftAt,
  attended_ms: (a) => a.attendedMs,
  open_since: (a) => a.openSince,
  unknown_ms: (a) => a.unknownMs,
  left_by: (a) => a.leftBy,
  user_id_shared: (a) => a.userIdShared,
  wait_count: (a) => a.waitCount,
  admitted_count: (a) => a.admittedCount,
  admitted_ms: (a) => a.admittedMs,
  hosted_until: (a) => a.hostedUntil,
  visits: (a) => JSON.stringify(a.visits),
  waits: (a) => JSON.stringify(a.waits),
  tenures: (a) => JSON.stringify(a.tenures),
};

const WAITS: Columns<CopiedWait> = {
  meeting_id: (w) => w.meetingId,
  participant_id: (w) => w.participantId,
  started_at: (w) => w.startedAt,
  person_id: (w) => w.personId,
  identity: (w) => w.identity,
  name: (w) => w.name,
  ended_at: (w) => w.endedAt,
  outcome: (w) => w.outcome,
  room_id: (w) => w.roomId,
  inferred: (w) => w.inferred,
};

/** A stretch of history. Its rooms are locked; nothing of it was there before. */
export interface Stretch {
  deliveries: readonly CopiedDelivery[];
  meetings: readonly KeptMeeting[];
  events: readonly FiledEvent[];
  attendances: readonly Attendance[];
  waits: readonly CopiedWait[];
}

/** Ids for deliveries that came at these moments, in their order. */
export async function numberDeliveries(
  tx: Transaction,
  receivedAt: readonly Ms[],
): Promise<number[]> {
  const rows = await tx.execute<{ number: number }>(sql`
    select nextval('delivery_numbers') as number from generate_series(1, ${receivedAt.length}::bigint)`);
  return receivedAt.map((at, index) => firstIdOf(monthAt(at)) + (rows[index]?.number ?? 0));
}

/** Writes a stretch of history, in the order of its rows; the months of its deliveries are there. */
export async function copyStretch(tx: Transaction, stretch: Stretch): Promise<void> {
  await copy(tx, "deliveries", DELIVERIES, stretch.deliveries);
  await copy(tx, "delivery_keys", DELIVERY_KEYS, stretch.deliveries);
  await copy(tx, "meetings", MEETINGS, stretch.meetings);
  await copy(tx, "events", EVENTS, stretch.events);
  await copy(tx, "attendances", ATTENDANCES, stretch.attendances);
  await copy(tx, "waits", WAITS, stretch.waits);
}

async function copy<Row>(
  tx: Transaction,
  table: string,
  columns: Columns<Row>,
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return;
  const names = Object.keys(columns).join(", ");
  await tx.copy(`${table} (${names})`, texts(Object.values(columns), rows));
}

function* texts<Row>(
  columns: readonly ((row: Row) => Value)[],
  rows: readonly Row[],
): Generator<string> {
  let text = "";
  for (const row of rows) {
    for (const [index, value] of columns.entries()) {
      text += `${index === 0 ? "" : "\t"}${field(value(row))}`;
    }
    text += "\n";
    if (text.length < TEXT_LENGTH) continue;
    yield text;
    text = "";
  }
  if (text !== "") yield text;
}

const SPECIAL = /[\\\t\n\r]/;
const ESCAPED = new Map([
  ["\\", "\\\\"],
  ["\t", "\\t"],
  ["\n", "\\n"],
  ["\r", "\\r"],
]);

/** A value as COPY reads it. */
function field(value: Value): string {
  if (value === null) return "\\N";
  if (typeof value === "boolean") return value ? "t" : "f";
  if (typeof value === "number") return String(value);
  if (!SPECIAL.test(value)) return value;
  return value.replace(/[\\\t\n\r]/g, (character) => ESCAPED.get(character) ?? character);
}

function array(values: readonly string[]): string {
  return `{${values.map((value) => `"${value.replace(/[\\"]/g, "\\$&")}"`).join(",")}}`;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex");
}
