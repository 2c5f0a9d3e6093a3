import { createHash } from "node:crypto";
import { v7 as uuid } from "uuid";
import { type Database, openDatabase } from "#db/connection/client.ts";
import { addSource } from "#db/sources/sources.ts";
import { testDatabase } from "#db/testing/database.ts";
import type { MeetingEvent } from "#domain/event/event.ts";
import type { Rules } from "#domain/participant/rules.ts";
import type { Ms } from "#domain/time/ms.ts";
import { projectable } from "#server/ingest/intake.ts";
import { type Arrival, type KeptDeliveries, keep } from "#server/ingest/keep.ts";
import { project } from "#server/ingest/project.ts";
import { retryWhileBusy } from "#server/runtime/retry-while-busy.ts";

export interface TestRecorder {
  url: string;
  database: Database;
  /** A source of its own, so that rooms of one test never meet those of another. */
  source(): Promise<string>;
  close(): Promise<void>;
}

/** A delivery, and how what it says is told. */
export interface RuledArrival extends Arrival {
  rules: Rules;
}

/** Keeps a batch and projects what is new of it, as the server does; answers what each was kept as. */
export async function record(
  database: Pick<Database, "door" | "projector">,
  batch: readonly RuledArrival[],
  now: Ms,
): Promise<KeptDeliveries["status"][]> {
  const kept = await Promise.all(await keep(database.door, batch));
  const rules = new Map(batch.map((one) => [one.delivery.sourceId, one.rules]));
  let bite = batch.flatMap((arrival, index) => projectable(arrival, kept[index] ?? null) ?? []);
  while (bite.length > 0) {
    const own = bite;
    bite = await retryWhileBusy(() => project(database.projector, own, rules, now));
    // Somebody else holds their rooms.
    if (bite.length > 0) await new Promise(setImmediate);
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

/** A delivery that told nothing when it came: of no room, with what it says and what became of it. */
export function untold(
  said: Pick<Arrival["delivery"], "sourceId" | "receivedAt"> & Partial<Arrival["delivery"]>,
  rules: Rules,
): RuledArrival {
  const key = uuid();
  const silent = { status: "unreadable", type: null, reason: "not yet known" } as const;
  const delivery = { key, occurrence: key, room: null, ...silent, body: Buffer.from("{}") };
  return { delivery: { ...delivery, ...said }, rules, about: null };
}

/** A delivery that tells one event of one room; the same `id` is a repeat. */
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
