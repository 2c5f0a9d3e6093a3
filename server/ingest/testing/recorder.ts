import { createHash } from "node:crypto";
import { v7 as uuid } from "uuid";
import { type Database, openDatabase } from "#db/client.ts";
import { addSource } from "#db/sources.ts";
import { testDatabase } from "#db/testing/database.ts";
import type { MeetingEvent } from "#domain/event.ts";
import type { Rules } from "#domain/rules.ts";
import type { Arrival } from "#server/ingest/record.ts";

export interface Recorder {
  url: string;
  database: Database;
  /** A source of its own, so that rooms of one test never meet those of another. */
  source(): Promise<string>;
  close(): Promise<void>;
}

export async function openRecorder(): Promise<Recorder> {
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

/** A delivery that tells one event of one room; the same `id` is a repeat. */
export function arrival(
  sourceId: string,
  room: string,
  event: MeetingEvent,
  rules: Rules,
  id: string = uuid(),
): Arrival {
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
