import { createHash } from "node:crypto";
import { v7 as uuid } from "uuid";
import { type Database, openDatabase } from "#db/connection/client.ts";
import { addSource } from "#db/sources/sources.ts";
import { testDatabase } from "#db/testing/database.ts";
import type { MeetingEvent } from "#domain/event/event.ts";
import type { Rules } from "#domain/participant/rules.ts";
import type { Ms } from "#domain/time/ms.ts";
import { projectable } from "#server/ingest/intake.ts";
import { type Arrival, type KeptDelivery, keep } from "#server/ingest/keep.ts";
import { project } from "#server/ingest/project.ts";
import { retryWhileBusy } from "#server/runtime/retry-while-busy.ts";

export interface TestRecorder {
  url: string;
  database: Database;
  /** Adds a source for one test, so that its rooms are never those of another. */
  source(): Promise<string>;
  close(): Promise<void>;
}

/** A delivery, and the rules that project its events. */
export interface RuledArrival extends Arrival {
  rules: Rules;
}

/** Keeps a batch and projects its new deliveries, as the server does; returns the status of each. */
export async function record(
  database: Pick<Database, "door" | "projector">,
  batch: readonly RuledArrival[],
  now: Ms,
): Promise<KeptDelivery["status"][]> {
  const kept = await Promise.all(await keep(database.door, batch, () => now));
  const rules = new Map(batch.map((one) => [one.delivery.sourceId, one.rules]));
  let rest = batch.flatMap((arrival, index) => projectable(arrival, kept[index] ?? null) ?? []);
  while (rest.length > 0) {
    const own = rest;
    rest = await retryWhileBusy(() => project(database.projector, own, async () => rules, now));
    // Their rooms are locked by another transaction.
    if (rest.length > 0) await new Promise(setImmediate);
  }
  return kept.map(({ status }) => status);
}

export async function openRecorder(): Promise<TestRecorder> {
  const { url, drop } = await testDatabase();
  const database = openDatabase(url, { max: 4 });
  return {
    url,
    database,
    source: () =>
      addSource(database.orm, { provider: "daily", name: "test", sealedSecret: Buffer.alloc(0) }),
    async close() {
      await database.close();
      await drop();
    },
  };
}

/** A delivery that could not be read when it came, without a room and without events. */
export function unreadableArrival(
  given: Pick<Arrival["delivery"], "sourceId" | "receivedAt"> & Partial<Arrival["delivery"]>,
  rules: Rules,
): RuledArrival {
  const key = uuid();
  const unread = { status: "unreadable", type: null, reason: "not yet known" } as const;
  const delivery = { key, occurrence: key, room: null, ...unread, body: Buffer.from("{}") };
  return { delivery: { ...delivery, ...given }, rules, about: null };
}

/** A delivery with one event of one room; the same `id` makes a repeat. */
export function arrival(
  sourceId: string,
  room: string,
  event: MeetingEvent,
  rules: Rules,
  id: string = uuid(),
): RuledArrival {
  const hex = createHash("sha256").update(id).digest("hex");
  const key = [8, 12, 16, 20, 32]
    .map((end, index) => hex.slice([0, 8, 12, 16, 20][index], end))
    .join("-");
  return {
    delivery: {
      sourceId,
      key,
      occurrence: key,
      room,
      receivedAt: event.at,
      status: "recorded",
      type: event.type,
      reason: null,
      body: Buffer.from(JSON.stringify(event)),
    },
    rules,
    about: { room, title: null, events: [event] },
  };
}
