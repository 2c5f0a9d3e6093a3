import { sql } from "drizzle-orm";
import { copyInto } from "#db/connection/copy.ts";
import type { Transaction } from "#db/connection/session.ts";
import { deliveries, deliveryKeys, deliveryNumbers, events } from "#db/schema/facts.ts";
import { attendances, meetings, waits } from "#db/schema/projected.ts";
import type {
  AttendanceState,
  MeetingState,
  RecordedEvent,
  WaitState,
} from "#domain/projection/state.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { NewDelivery } from "./deliveries.ts";
import { firstIdOf, monthAt } from "./months.ts";
import { deliveryKeyRow, deliveryRow, eventRow, meetingRow } from "./rows.ts";

/*
 * Whole chunks of history, projected elsewhere and written by COPY: many times as fast as the recorder's
 * statements, and for new rows only.
 */

/** A delivery with its id and how often it was repeated. */
export interface CopiedDelivery extends NewDelivery {
  id: number;
  repeats: number;
}

/** A chunk of history. Its rooms are locked; none of it is stored yet. */
export interface HistoryChunk {
  deliveries: readonly CopiedDelivery[];
  meetings: readonly MeetingState[];
  events: readonly RecordedEvent[];
  attendances: readonly AttendanceState[];
  waits: readonly WaitState[];
}

/** Ids for deliveries that were received at these moments, in their order. */
export async function numberDeliveries(
  tx: Transaction,
  receivedAt: readonly Ms[],
): Promise<number[]> {
  const next = sql<number>`nextval(${deliveryNumbers.seqName})`;
  const rows = await tx
    .select({ number: next })
    .from(sql`generate_series(1, ${receivedAt.length}::bigint)`);
  return receivedAt.map((at, index) => firstIdOf(monthAt(at)) + (rows[index]?.number ?? 0));
}

/** Writes a chunk of history, in the order of its rows. The months of its deliveries must exist. */
export async function copyHistory(tx: Transaction, chunk: HistoryChunk): Promise<void> {
  await copyInto(tx, deliveries, chunk.deliveries.map(deliveryRow));
  await copyInto(tx, deliveryKeys, chunk.deliveries.map(deliveryKeyRow));
  await copyInto(tx, meetings, chunk.meetings.map(meetingRow));
  await copyInto(tx, events, chunk.events.map(eventRow));
  await copyInto(tx, attendances, chunk.attendances);
  await copyInto(tx, waits, chunk.waits);
}
