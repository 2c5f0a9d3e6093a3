import type { Server as HttpServer } from "node:http";
import { Server } from "socket.io";
import { z } from "zod";
import { seeing } from "#db/access/sight/seeing.ts";
import { type Database, databaseIn } from "#db/connection/client.ts";
import { meetingById, recordsAfter } from "#db/meetings/meeting.ts";
import { isWhole, type Sight } from "#domain/access/sight.ts";
import type { AskedActs } from "#domain/desk/acts/asked-act.ts";
import type { OpenAlerts } from "#domain/desk/alerts/wire.ts";
import { MOST_SEQ } from "#domain/event/recorded.ts";
import type { DeskSnapshot } from "#domain/live/desk-wire.ts";
import { FIRST_MEETINGS } from "#domain/live/live-position.ts";
import type { Recording } from "#domain/live/recording.ts";
import { recordingSeen } from "#domain/live/seen-recording.ts";
import type { WatchMeetingAck } from "#domain/live/wire.ts";
import type { Ms } from "#domain/time/ms.ts";
import { isTimeZone } from "#domain/time/time-zone.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { isUuid } from "#domain/uuid.ts";
import { shown, shownRecords } from "#server/http/shown.ts";
import { installationTimeZone } from "#server/http/zone.ts";
import { admitKnown } from "./admission.ts";
import { Encoded } from "./encoded.ts";
import type { LiveServer, LiveSocket } from "./live-server.ts";
import { readReturned } from "./meeting.ts";
import { Outbox } from "./outbox.ts";
import { Requests, refused } from "./requests.ts";
import {
  deskRoom,
  deskZonesIn,
  liveRoom,
  meetingRoom,
  noteSight,
  PART_ROOM,
  partRoom,
  zoneRoom,
  zonesIn,
} from "./rooms.ts";
import { rulesOfRow } from "./rules.ts";
import { Semaphore } from "./semaphore.ts";
import { sendEncoded } from "./send-encoded.ts";
import { SharedReadings, Turn } from "./shared.ts";
import { readLive } from "./snapshot.ts";

/** What somebody who is connected is served from, and what they see. */
interface Seen extends Parts {
  sight: Sight;
}

interface Parts {
  /** As whoever is connected sees it. */
  database: Database;
  secret: string;
  now: () => Ms;
  /** Whether deliveries are kept. */
  recording: () => Recording;
  /** Reads the desk of today in a zone, as somebody with a sight is shown it. */
  readDesk: (sight: Sight, database: Database, now: Ms, zone: string) => Promise<DeskSnapshot>;
  /** The alerts that are not over, as somebody with a sight is shown them. */
  openAlerts: (sight: Sight) => Promise<OpenAlerts>;
  /** What was asked of providers and is not reported, as somebody with a sight is shown it. */
  askedActs: (sight: Sight) => Promise<AskedActs>;
  log: { error: (about: object, message: string) => void };
}

/** Bytes of one message of a client. Ours send little: one that sends more is not ours. */
const MESSAGE_LIMIT = 16_384;
/** How long a connection may take to identify itself. */
const CONNECT_MS = 10_000;
/** Meetings one socket may watch at once. */
const WATCHED_AT_ONCE = 200;
/** How long to rest between two readings of the live snapshot: all who ask meanwhile share the next. */
const LIVE_RESTS_MS = 250;
const MEETINGS_AT_ONCE = 4;
/**
 * A page whose network died without a word has heard nothing for both together, and says so then: 18 s. A
 * thousand open pages are a hundred pings a second, of a few bytes each.
 */
const PING_EVERY_MS = 10_000;
const PING_TIMEOUT_MS = 8_000;

const watchRequest = z.object({
  // A UUID may be written in either case; the rooms are named as the database writes it.
  id: z.string().toLowerCase().refine(isUuid),
  after_seq: z.int().min(0).max(MOST_SEQ),
});
/** The `first` meetings, worst first; all of them without it. */
const liveRequest = z.object({
  first: z.int().min(1).max(1_000_000).nullish().transform(inSteps),
  time_zone: z.string().refine(isTimeZone).nullish(),
});
const deskRequest = z.object({ time_zone: z.string().refine(isTimeZone).nullish() });
/** By this in place of a meeting's id the desk is watched no more. */
const DESK = "desk";
const unwatchRequest = z.object({ id: z.string().toLowerCase().optional() });

/** Attaches the live channel to the server: websocket only, known callers only. */
export function createSockets(http: HttpServer, parts: Parts): LiveServer {
  const io: LiveServer = new Server(http, {
    transports: ["websocket"],
    serveClient: false,
    perMessageDeflate: false,
    maxHttpBufferSize: MESSAGE_LIMIT,
    connectTimeout: CONNECT_MS,
    pingInterval: PING_EVERY_MS,
    pingTimeout: PING_TIMEOUT_MS,
    // The gate passes on only the upgrades that are ours.
    destroyUpgrade: false,
  });
  const sightOf = admitKnown(io, parts);
  sendEncoded(io);
  const readings: Readings = {
    live: new SharedReadings(new Turn(LIVE_RESTS_MS)),
    desk: new SharedReadings(new Turn(LIVE_RESTS_MS)),
    meetings: new SharedReadings(new Semaphore(MEETINGS_AT_ONCE)),
  };
  io.on("connection", (socket) => {
    const sight = sightOf(socket);
    const own = { ...parts, database: databaseIn(sight, parts.database), sight };
    if (!isWhole(sight)) {
      noteSight(io, sight);
      void socket.join([PART_ROOM, partRoom(sight)]);
    }
    serve(socket, own, readings);
  });
  return io;
}

/** The readings under way, each shared by all who wait for it. */
interface Readings {
  live: SharedReadings<Encoded>;
  desk: SharedReadings<Encoded>;
  meetings: SharedReadings<MeetingReading>;
}

function serve(socket: LiveSocket, parts: Seen, readings: Readings): void {
  // At once: while the database is away no request can be answered.
  const { now, sight } = parts;
  const recording = () => recordingSeen(sight, parts.recording(), now());
  socket.emit("recording:changed", { recording: recording(), as_of: toWireTime(now()) });
  parts.openAlerts(sight).then(
    (open) => socket.emit("alerts:changed", open),
    // The database is away: they are sent with the next change.
    (error: unknown) => parts.log.error({ err: error }, "alerts could not be read for a screen"),
  );
  parts.askedActs(sight).then(
    (asked) => socket.emit("acts:changed", asked),
    (error: unknown) => parts.log.error({ err: error }, "acts could not be read for a screen"),
  );
  const requests = new Requests(new Outbox(socket), parts.log);

  socket.on("watch:floor", (...sent: unknown[]) => {
    requests.take("floor", sent, async () => {
      const parsed = liveRequest.safeParse(typeof sent[0] === "object" ? (sent[0] ?? {}) : {});
      if (!parsed.success)
        return refused("bad_request", "watch:floor takes nothing or {first, time_zone}.");
      const { first, time_zone } = parsed.data;
      const zone = time_zone ?? installationTimeZone();
      // One browser is in one zone, and today is pushed in that.
      for (const other of zonesIn(socket.rooms, sight)) await socket.leave(zoneRoom(other, sight));
      await socket.join([liveRoom(sight), zoneRoom(zone, sight)]);
      return readings.live.read(`${first} ${zone} ${liveRoom(sight)}`, () =>
        seeing(sight, async () => {
          const snapshot = await readLive(parts.database.orm, parts.now(), first, zone);
          const floor = { ...shown(snapshot, sight), recording: recording() };
          return new Encoded({ ok: true, floor });
        }),
      );
    });
  });

  socket.on("watch:desk", (...sent: unknown[]) => {
    requests.take("desk", sent, async () => {
      const parsed = deskRequest.safeParse(typeof sent[0] === "object" ? (sent[0] ?? {}) : {});
      if (!parsed.success) return refused("bad_request", "watch:desk takes {} or {time_zone}.");
      const zone = parsed.data.time_zone ?? installationTimeZone();
      await leaveDesk(socket, sight);
      await socket.join(deskRoom(zone, sight));
      return readings.desk.read(deskRoom(zone, sight), async () => {
        const desk = await parts.readDesk(sight, parts.database, now(), zone);
        return new Encoded({ ok: true, desk });
      });
    });
  });

  socket.on("watch:meeting", (...sent: unknown[]) => {
    const parsed = watchRequest.safeParse(sent[0]);
    requests.take(`meeting ${parsed.data?.id ?? ""}`, sent, async () => {
      if (parsed.success) return watchMeeting(socket, parsed.data, parts, readings);
      return refused("bad_request", "watch:meeting takes {id, after_seq}.");
    });
  });

  socket.on("unwatch", (...sent: unknown[]) => {
    const [request] = sent;
    const parsed = unwatchRequest.safeParse(typeof request === "object" ? (request ?? {}) : {});
    const id = parsed.data?.id ?? null;
    // A request to watch that comes after this one is a new one.
    if (parsed.success) requests.forget(id === null ? null : id === DESK ? DESK : `meeting ${id}`);
    requests.take(null, sent, async () => {
      if (!parsed.success) return refused("bad_request", "unwatch takes {} or {id}.");
      if (id === DESK) await leaveDesk(socket, sight);
      for (const room of socket.rooms) {
        const isWatching = room !== socket.id && room !== PART_ROOM && room !== partRoom(sight);
        if (isWatching && (id === null || room === meetingRoom(id, sight))) {
          await socket.leave(room);
        }
      }
      return { ok: true };
    });
  });
}

async function leaveDesk(socket: LiveSocket, sight: Sight): Promise<void> {
  for (const zone of deskZonesIn(socket.rooms, sight)) await socket.leave(deskRoom(zone, sight));
}

/** The answer of a reading of a meeting, and whether there is a meeting to watch. */
interface MeetingReading {
  answer: Encoded;
  isThere: boolean;
}

/** Joins before it reads: later commits are pushed, and earlier ones are in the answer. */
async function watchMeeting(
  socket: LiveSocket,
  { id, after_seq }: z.infer<typeof watchRequest>,
  { database, now, sight }: Seen,
  { meetings }: Readings,
): Promise<Encoded | object> {
  const room = meetingRoom(id, sight);
  // Who asks again for what is missing takes no more room than before.
  if (!socket.rooms.has(room) && socket.rooms.size > WATCHED_AT_ONCE)
    return refused("too_many", "Unwatch some meetings first.");
  await socket.join(room);
  const { answer, isThere } = await meetings.read(`${room} ${after_seq}`, async () => {
    const read = await readMeetingAfter(id, after_seq, { database, sight }, now());
    return { answer: new Encoded(read), isThere: read.ok && !("into" in read) };
  });
  if (!isThere) await socket.leave(room);
  return answer;
}

async function readMeetingAfter(
  id: string,
  afterSeq: number,
  { database: { orm }, sight }: Pick<Seen, "database" | "sight">,
  now: Ms,
): Promise<WatchMeetingAck> {
  const row = await meetingById(orm, id);
  if (row === null) return refused("not_found", "No such meeting.");
  if (row.mergedInto !== null) return { ok: true, id, into: row.mergedInto };
  const records = await recordsAfter(orm, id, afterSeq);
  const events = sight.masked ? shownRecords(records, rulesOfRow(row), sight) : records;
  const seq = events.at(-1)?.seq ?? Math.min(afterSeq, row.seq);
  const returned = await readReturned(orm, id);
  const overtaken_at = toWireTime(row.overtakenAt);
  return { ok: true, id, seq, events, returned, overtaken_at, as_of: toWireTime(now) };
}

/** Rounds up in steps: callers who ask for a little more or less share one reading. */
function inSteps(first: number | null | undefined): number | null {
  if (first == null) return null;
  return FIRST_MEETINGS * 2 ** Math.ceil(Math.log2(Math.max(1, first / FIRST_MEETINGS)));
}
