import type { Server, Socket } from "socket.io";
import { type Bus, type ChangedNotification, listen } from "#db/connection/bus.ts";
import type { Database } from "#db/connection/client.ts";
import {
  type MeetingRecord,
  meetingById,
  meetingsByIds,
  recordsBetween,
} from "#db/meetings/meeting.ts";
import type { ClientToServer, ServerToClient } from "#domain/live/wire.ts";
import type { Ms } from "#domain/time/ms.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { installationTimeZone } from "#server/http/zone.ts";
import type { Encoded } from "./encoded.ts";
import { happenings } from "./happenings.ts";
import { pushInTurns } from "./in-turns.ts";
import { readReturned } from "./meeting.ts";
import { LIVE_ROOM, meetingRoom, zonesIn } from "./rooms.ts";
import { liveMeetingsOf } from "./snapshot.ts";
import { LiveTally } from "./tally.ts";
import type { RecordingWatch } from "./watch.ts";

/** What is sent, and what is sent in the words that it was made into for others already. */
type Sent = {
  [E in keyof ServerToClient]: (...push: Parameters<ServerToClient[E]> | [Encoded]) => void;
};
export type LiveServer = Server<ClientToServer, Sent>;
export type LiveSocket = Socket<ClientToServer, Sent>;

/** Pushes leave at once when it was quiet, and else at most this often. */
const PACE_MS = 50;
/** After a failure: how long until the next try. */
const RETRY_MS = 500;
/** One push says at most this much of what just happened. */
const HAPPENINGS = 50;

export interface Relay {
  stop(): Promise<void>;
}

/**
 * Hears the bus and pushes what is new to whoever watches, through one chain, so that pushes leave in the
 * order of the commits. What could not be read or heard is told by `live:resync`.
 */
export async function startRelay(
  io: LiveServer,
  database: Database,
  options: {
    now: () => Ms;
    log: { error: (about: object, message: string) => void };
    recording: Pick<RecordingWatch, "readRefusals" | "onChange">;
  },
): Promise<Relay> {
  const { recording } = options;
  let pending = new Map<string, Bus>();
  let merged: ChangedNotification["merged"] = [];
  let pump: Promise<void> | null = null;
  let lastPush = 0;
  let stopped = false;
  let uncounted = false;
  const tally = new LiveTally(() => {
    uncounted = true;
    pump ??= run();
  });

  function hear(notification: ChangedNotification): void {
    for (const bus of notification.bells) {
      const known = pending.get(bus.id);
      pending.set(bus.id, {
        id: bus.id,
        from: Math.min(known?.from ?? bus.from, bus.from),
        to: Math.max(known?.to ?? bus.to, bus.to),
      });
    }
    merged.push(...notification.merged);
    if (notification.refusals) recording.readRefusals();
    if (notification.isGone) io.emit("live:resync", { gone: true });
    // A notice of nothing (`doctor` sends one) must not begin a run that is over before it is kept.
    if (pending.size > 0 || merged.length > 0) pump ??= run();
  }

  async function run(): Promise<void> {
    while (!stopped && (pending.size > 0 || merged.length > 0 || uncounted)) {
      // Never longer than the pace: the clock may be set back.
      await pause(Math.min(PACE_MS, lastPush + PACE_MS - options.now()));
      lastPush = options.now();
      const bells = [...pending.values()];
      const moves = merged;
      const counts = uncounted || bells.length + moves.length > 0;
      pending = new Map();
      merged = [];
      uncounted = false;
      try {
        await push({ io, database, tally }, { bells, moves, counts }, options.now());
      } catch (error) {
        options.log.error({ err: error }, "live push failed; everybody is asked to read again");
        await pause(RETRY_MS);
        io.emit("live:resync");
      }
    }
    pump = null;
  }

  recording.onChange((now) => {
    io.emit("recording:changed", { recording: now, as_of: toWireTime(options.now()) });
  });
  const unlisten = await listen(database.sql, hear, () => {
    recording.readRefusals();
    io.emit("live:resync");
  });
  return {
    async stop() {
      stopped = true;
      tally.stop();
      await unlisten();
      await pump;
    },
  };
}

interface Channel {
  io: LiveServer;
  database: Database;
  tally: LiveTally;
}

interface News {
  bells: readonly Bus[];
  moves: ChangedNotification["merged"];
  /** Whether what is counted over all meetings may be another. */
  counts: boolean;
}

async function push(channel: Channel, { bells, moves, counts }: News, now: Ms): Promise<void> {
  const {
    io,
    database: { orm },
  } = channel;
  const watched = (room: string) => io.sockets.adapter.rooms.has(room);
  const floor = watched(LIVE_ROOM);
  const wanted = bells.filter(
    ({ id, from, to }) => from <= to && (floor || watched(meetingRoom(id))),
  );
  const records = wanted.length > 0 ? await recordsBetween(orm, wanted) : [];
  const as_of = toWireTime(now);
  for (const [id, own] of Map.groupBy(records, ({ meetingId }) => meetingId)) {
    const events = own.map(({ record }) => record);
    await pushInTurns(io, [meetingRoom(id)], "meeting:events", { id, events, as_of });
  }
  for (const { id, from, to } of bells) {
    // Told again without anything new in it: what other meetings say of it may be something else.
    if (from <= to || !watched(meetingRoom(id))) continue;
    const [returned, row] = await Promise.all([readReturned(orm, id), meetingById(orm, id)]);
    const overtaken_at = toWireTime(row?.overtakenAt ?? null);
    await pushInTurns(io, [meetingRoom(id)], "meeting:events", {
      id,
      events: [],
      returned,
      overtaken_at,
      as_of,
    });
  }
  for (const move of moves) {
    const push = { id: move.from, into: move.into };
    await pushInTurns(io, [meetingRoom(move.from), LIVE_ROOM], "meeting:merged", push);
  }
  if (floor && counts) await pushFloor(channel, bells, records, now);
}

async function pushFloor(
  { io, database: { orm }, tally }: Channel,
  bells: readonly Bus[],
  records: readonly MeetingRecord[],
  now: Ms,
): Promise<void> {
  const ids = bells.map(({ id }) => id);
  const rows = ids.length > 0 ? await meetingsByIds(orm, ids) : [];
  const latest = records
    .toSorted((a, b) => (a.record.at < b.record.at ? -1 : 1))
    .slice(-HAPPENINGS);
  const [summaries, happened, counted] = await Promise.all([
    liveMeetingsOf(
      orm,
      rows.filter(({ mergedInto }) => mergedInto === null),
    ),
    happenings(orm, latest, new Map(rows.map((row) => [row.id, row]))),
    tally.count(
      orm,
      now,
      zonesIn(io.sockets.adapter.rooms.keys()).filter((zone) => zone !== installationTimeZone()),
    ),
  ]);
  const { today, ...rest } = counted ?? { today: null };
  await pushInTurns(io, [LIVE_ROOM], "floor:changed", {
    summaries,
    happened,
    today,
    ...rest,
    as_of: toWireTime(now),
  });
}

function pause(ms: Ms): Promise<void> {
  return ms <= 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, ms));
}
