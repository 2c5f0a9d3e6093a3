import { type ChangedNotification, listen, type MeetingChange } from "#db/connection/bus.ts";
import type { Database } from "#db/connection/client.ts";
import {
  type MeetingRecord,
  meetingById,
  meetingsByIds,
  recordsBetween,
} from "#db/meetings/meeting.ts";
import type { Ms } from "#domain/time/ms.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { installationTimeZone } from "#server/http/zone.ts";
import { happenings } from "./happenings.ts";
import { pushInTurns } from "./in-turns.ts";
import type { LiveServer } from "./live-server.ts";
import { readReturned } from "./meeting.ts";
import { LIVE_ROOM, meetingRoom, zonesIn } from "./rooms.ts";
import { liveMeetingsOf } from "./snapshot.ts";
import { LiveTally } from "./tally.ts";
import type { RecordingWatch } from "./watch.ts";

/** A push leaves at once after a quiet time, and otherwise at most this often. */
const PACE_MS = 50;
/** How long after a failure until the next try. */
const RETRY_MS = 500;
/** How many happenings one push carries at most. */
const HAPPENINGS = 50;

export interface Relay {
  stop(): Promise<void>;
}

/**
 * Listens to the bus and pushes new events to the sockets that watch, through one chain, so that pushes leave in
 * the order of the commits. After a failure or a lost notification it sends `live:resync`: browsers read again.
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
  let pending = new Map<string, MeetingChange>();
  let merged: ChangedNotification["merged"] = [];
  let pump: Promise<void> | null = null;
  let lastPush = 0;
  let stopped = false;
  let uncounted = false;
  const tally = new LiveTally(() => {
    uncounted = true;
    pump ??= run();
  });

  function receive(notification: ChangedNotification): void {
    for (const change of notification.changes) {
      const earlier = pending.get(change.id);
      pending.set(change.id, {
        id: change.id,
        from: Math.min(earlier?.from ?? change.from, change.from),
        to: Math.max(earlier?.to ?? change.to, change.to),
      });
    }
    merged.push(...notification.merged);
    if (notification.refusals) recording.readRefusals();
    if (notification.isGone) io.emit("live:resync", { gone: true });
    // An empty notification (`doctor` sends one) must not begin a run that ends before `pump` is assigned.
    if (pending.size > 0 || merged.length > 0) pump ??= run();
  }

  async function run(): Promise<void> {
    while (!stopped && (pending.size > 0 || merged.length > 0 || uncounted)) {
      // Never longer than the pace: the clock may be set back.
      await pause(Math.min(PACE_MS, lastPush + PACE_MS - options.now()));
      lastPush = options.now();
      const changes = [...pending.values()];
      const moves = merged;
      const counts = uncounted || changes.length + moves.length > 0;
      pending = new Map();
      merged = [];
      uncounted = false;
      try {
        await push({ io, database, tally }, { changes, moves, counts }, options.now());
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
  const unlisten = await listen(database.sql, receive, () => {
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

interface Pushed {
  changes: readonly MeetingChange[];
  moves: ChangedNotification["merged"];
  /** Whether the counts over all meetings may have changed. */
  counts: boolean;
}

async function push(channel: Channel, { changes, moves, counts }: Pushed, now: Ms): Promise<void> {
  const {
    io,
    database: { orm },
  } = channel;
  const watched = (room: string) => io.sockets.adapter.rooms.has(room);
  const isLiveWatched = watched(LIVE_ROOM);
  const wanted = changes.filter(
    ({ id, from, to }) => from <= to && (isLiveWatched || watched(meetingRoom(id))),
  );
  const records = wanted.length > 0 ? await recordsBetween(orm, wanted) : [];
  const as_of = toWireTime(now);
  for (const [id, own] of Map.groupBy(records, ({ meetingId }) => meetingId)) {
    const events = own.map(({ record }) => record);
    await pushInTurns(io, [meetingRoom(id)], "meeting:events", { id, events, as_of });
  }
  for (const { id, from, to } of changes) {
    // Projected again without a new event: what follows from other meetings of the room may have changed.
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
  if (isLiveWatched && counts) await pushLive(channel, changes, records, now);
}

async function pushLive(
  { io, database: { orm }, tally }: Channel,
  changes: readonly MeetingChange[],
  records: readonly MeetingRecord[],
  now: Ms,
): Promise<void> {
  const ids = changes.map(({ id }) => id);
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
