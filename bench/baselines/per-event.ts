import { createServer } from "node:http";
import { listen } from "#db/connection/bus.ts";
import { openDatabase, shareDatabase } from "#db/connection/client.ts";
import { recordsBetween } from "#db/meetings/meeting.ts";
import { ALL_IS_KEPT } from "#domain/live/recording.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { readDeskFor } from "#server/desk/pushes.ts";
import { directDoor } from "#server/ingest/direct-door.ts";
import { meetingRoom } from "#server/live/rooms.ts";
import { createSockets } from "#server/live/sockets.ts";
import { webhookDoor } from "#server/process.ts";
import { readEnv } from "#server/runtime/env.ts";
import { createLog } from "#server/runtime/log.ts";

/** Rollcall without its relay: every event is emitted to its room separately, as soon as the bus reports it. */

const env = readEnv(process.env);
if (env.databaseUrl === null || env.secret === null) throw new Error("the stage sets these");
const log = createLog(env.logLevel);
const database = openDatabase(env.databaseUrl);
shareDatabase(database);

const webhooks = directDoor(webhookDoor());
const http = createServer((req, res) => {
  webhooks(req, res).catch((error: unknown) => log.error({ err: error }, "request failed"));
});
const io = createSockets(http, {
  database,
  secret: env.secret,
  now: Date.now,
  recording: () => ALL_IS_KEPT,
  readDesk: readDeskFor,
  openAlerts: async () => ({ alerts: [], more: 0, as_of: toWireTime(0) }),
  askedActs: async () => ({ acts: [], as_of: toWireTime(0) }),
  log,
});

let chain = Promise.resolve();
await listen(
  database.sql,
  ({ changes }) => {
    chain = chain
      .then(async () => {
        for (const { meetingId, record } of await recordsBetween(database.orm, changes)) {
          const push = { id: meetingId, events: [record], as_of: toWireTime(Date.now()) };
          io.to(meetingRoom(meetingId)).emit("meeting:events", push);
        }
      })
      .catch((error: unknown) => log.error({ err: error }, "push failed"));
  },
  () => log.error({}, "the bus was lost"),
);

http.listen(0, "127.0.0.1", () => {
  const address = http.address();
  if (typeof address === "object" && address !== null) {
    process.stdout.write(`listening on ${address.port}\n`);
  }
});
process.on("SIGTERM", () => process.exit(0));
