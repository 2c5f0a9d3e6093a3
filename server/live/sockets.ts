import type { Server as HttpServer } from "node:http";
import { Server, type Socket } from "socket.io";
import { z } from "zod";
import type { Database } from "#db/client.ts";
import { isMeetingId, meetingById, recordsAfter } from "#db/reading/meeting.ts";
import type { Ms } from "#domain/event.ts";
import {
  type ClientToServer,
  type Refused,
  type ServerToClient,
  toWireTime,
  type WatchMeetingAck,
} from "#domain/wire.ts";
import { callerOf } from "#server/auth/caller.ts";
import { readFloor } from "./floor.ts";
import { readReturned } from "./meeting.ts";
import type { LiveServer } from "./relay.ts";
import { FLOOR, meetingRoom } from "./rooms.ts";

interface Parts {
  database: Database;
  secret: string;
  now: () => Ms;
  log: { error: (about: object, message: string) => void };
}

type LiveSocket = Socket<ClientToServer, ServerToClient>;

/** A client says little; one that says more than this is not ours. */
const MESSAGE_LIMIT = 16_384;
/** Meetings one socket may watch at once. */
const WATCHED_AT_ONCE = 200;

const watchRequest = z.object({
  // A UUID may be written either way; rooms know it as the database writes it.
  id: z.string().toLowerCase().refine(isMeetingId),
  after_seq: z.int().min(0).max(2_147_483_647),
});
const unwatchRequest = z.object({ id: z.string().toLowerCase().optional() });
const handshakeAuth = z.object({ token: z.string().max(500).optional() });

/** Attaches the live channel to the server: websocket only, known callers only. */
export function createSockets(http: HttpServer, parts: Parts): LiveServer {
  const io: LiveServer = new Server(http, {
    transports: ["websocket"],
    serveClient: false,
    perMessageDeflate: false,
    maxHttpBufferSize: MESSAGE_LIMIT,
    // Next answers the upgrades that are not ours (hot reload).
    destroyUpgrade: false,
  });
  io.use((socket, next) => {
    admit(socket, parts).then(
      (known) => next(known ? undefined : new Error("unauthorized")),
      () => next(new Error("unavailable")),
    );
  });
  io.on("connection", (socket) => serve(socket, parts));
  return io;
}

async function admit(socket: LiveSocket, { database, secret, now }: Parts): Promise<boolean> {
  const { headers, auth } = socket.handshake;
  const parsed = handshakeAuth.safeParse(auth);
  const caller = await callerOf(
    {
      token: parsed.data?.token ?? null,
      cookies: headers.cookie,
      host: headers.host,
      origin: headers.origin,
    },
    database.orm,
    secret,
    now(),
  );
  return caller !== null;
}

function serve(socket: LiveSocket, parts: Parts): void {
  const { orm } = parts.database;

  socket.on("watch:floor", (...sent: unknown[]) => {
    answer(parts, sent, async () => {
      await socket.join(FLOOR);
      return { ok: true, floor: await readFloor(orm, parts.now()) };
    });
  });

  socket.on("watch:meeting", (...sent: unknown[]) => {
    answer(parts, sent, () => watchMeeting(socket, sent[0], parts));
  });

  socket.on("unwatch", (...sent: unknown[]) => {
    answer(parts, sent, async () => {
      const [request] = sent;
      const parsed = unwatchRequest.safeParse(typeof request === "object" ? (request ?? {}) : {});
      if (!parsed.success) return refused("bad_request", "unwatch takes {} or {id}.");
      const { id } = parsed.data;
      for (const room of socket.rooms) {
        if (room !== socket.id && (id === undefined || room === meetingRoom(id))) {
          await socket.leave(room);
        }
      }
      return { ok: true };
    });
  });
}

/** Joins before it reads: what commits from now on is pushed, what did before is in the answer. */
async function watchMeeting(
  socket: LiveSocket,
  request: unknown,
  { database, now }: Parts,
): Promise<WatchMeetingAck> {
  const parsed = watchRequest.safeParse(request);
  if (!parsed.success) return refused("bad_request", "watch:meeting takes {id, after_seq}.");
  const { id, after_seq } = parsed.data;
  if (socket.rooms.size > WATCHED_AT_ONCE)
    return refused("too_many", "Unwatch some meetings first.");
  await socket.join(meetingRoom(id));
  const row = await meetingById(database.orm, id);
  if (row === null || row.mergedInto !== null) await socket.leave(meetingRoom(id));
  if (row === null) return refused("not_found", "No such meeting.");
  if (row.mergedInto !== null) return { ok: true, id, into: row.mergedInto };
  const events = await recordsAfter(database.orm, id, after_seq);
  const seq = events.at(-1)?.seq ?? Math.min(after_seq, row.seq);
  const returned = await readReturned(database.orm, id);
  const overtaken_at = toWireTime(row.overtakenAt);
  return { ok: true, id, seq, events, returned, overtaken_at, as_of: toWireTime(now()) };
}

/**
 * Every request is answered by whatever callback was sent last: also of a client that sent too much or too
 * little before it, and also when we fail.
 */
function answer<Answer>(
  { log }: Parts,
  sent: readonly unknown[],
  work: () => Promise<Answer | Refused>,
): void {
  const ack = sent.at(-1);
  const reply: (answer: Answer | Refused) => void =
    typeof ack === "function" ? (value) => void ack(value) : () => undefined;
  work().then(reply, (error: unknown) => {
    log.error({ err: error }, "live request failed");
    reply(refused("unavailable", "The database does not answer. Try again."));
  });
}

function refused(code: string, message: string): Refused {
  return { ok: false, error: { code, message } };
}
