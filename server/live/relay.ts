import { type ChangedNotification, listen, type MeetingChange } from "#db/connection/bus.ts";
import { type Database, databaseIn } from "#db/connection/client.ts";
import {
  type MeetingRecord,
  type MeetingRow,
  meetingById,
  meetingsByIds,
  recordsBetween,
} from "#db/meetings/meeting.ts";
import { isWhole, type Sight, seesRoom, WHOLE_SIGHT } from "#domain/access/sight.ts";
import type { Recorded } from "#domain/event/recorded.ts";
import { ALL_IS_KEPT } from "#domain/live/recording.ts";
import { recordingSeen } from "#domain/live/seen-recording.ts";
import type { Ms } from "#domain/time/ms.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { shown, shownRecords } from "#server/http/shown.ts";
import { installationTimeZone } from "#server/http/zone.ts";
import { processCounts } from "#server/runtime/counts.ts";
import { happenings } from "./happenings.ts";
import { pushInTurns } from "./in-turns.ts";
import type { LiveServer } from "./live-server.ts";
import { readReturned } from "./meeting.ts";
import { isSameState } from "./recording.ts";
import { liveRoom, meetingRoom, PART_ROOM, partRoom, partSights, zonesIn } from "./rooms.ts";
import { rulesOfRow } from "./rules.ts";
import { liveMeetingsOf } from "./snapshot.ts";
import { Tallies } from "./tally.ts";
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
    /** Is told when something may have changed at the desk. */
    desk: { soon(): void };
    /** Is told when alerts may have changed. */
    alerts: { changed(io: LiveServer): void };
    /** Is told of all that changed. */
    acts: {
      heard(notification: ChangedNotification, io: LiveServer): void;
      changed(io: LiveServer): void;
    };
  },
): Promise<Relay> {
  const { recording } = options;
  const { relaySeconds } = processCounts();
  let pending = new Map<string, MeetingChange>();
  let merged: ChangedNotification["merged"] = [];
  let pump: Promise<void> | null = null;
  /** When the first of what is pending was heard. */
  let heardAt: Ms | null = null;
  let lastPush = 0;
  let [stopped, uncounted] = [false, false];
  const tallies = new Tallies(() => {
    uncounted = true;
    pump ??= run();
  });
  let last = ALL_IS_KEPT;

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
    if (pending.size > 0 || merged.length > 0) heardAt ??= performance.now();
    const { isGone, house } = notification;
    if (pending.size > 0 || merged.length > 0 || isGone || house !== null) options.desk.soon();
    if (notification.alerts || isGone) options.alerts.changed(io);
    options.acts.heard(notification, io);
    if (notification.refusals) recording.readRefusals();
    if (isGone) io.emit("live:resync", { gone: true });
    // Which rows a group is about, only a reading says; groups are seldom changed.
    else if (house === "groups") io.emit("live:resync");
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
      const since = heardAt;
      heardAt = null;
      try {
        await push({ io, database, tallies }, { changes, moves, counts }, options.now());
        if (since !== null) relaySeconds.note((performance.now() - since) / 1_000);
      } catch (error) {
        options.log.error({ err: error }, "live push failed; everybody is asked to read again");
        await pause(RETRY_MS);
        io.emit("live:resync");
      }
    }
    pump = null;
  }

  recording.onChange((now) => {
    const as_of = toWireTime(options.now());
    io.except(PART_ROOM).emit("recording:changed", { recording: now, as_of });
    for (const sight of partSights(io)) {
      const [before, seen] = [last, now].map((one) => recordingSeen(sight, one, options.now()));
      // When something changed that they do not see, they are not told that it did.
      if (seen === undefined || isSameState(before, seen)) continue;
      io.to(partRoom(sight)).emit("recording:changed", { recording: seen, as_of });
    }
    last = now;
  });
  const unlisten = await listen(database.sql, receive, () => {
    recording.readRefusals();
    options.alerts.changed(io);
    options.acts.changed(io);
    io.emit("live:resync");
  });
  return {
    async stop() {
      stopped = true;
      tallies.stop();
      await unlisten();
      await pump;
    },
  };
}

interface Channel {
  io: LiveServer;
  database: Database;
  tallies: Tallies;
}

interface Pushed {
  changes: readonly MeetingChange[];
  moves: ChangedNotification["merged"];
  /** Whether the counts over all meetings may have changed. */
  counts: boolean;
}

/** What somebody is pushed: all of it, or what of it lies in their sight. */
interface PushedTo {
  sight: Sight;
  /** Whether they see what happens in this meeting. */
  sees: (meetingId: string) => boolean;
}

async function push(channel: Channel, pushed: Pushed, now: Ms): Promise<void> {
  const {
    io,
    database: { orm },
  } = channel;
  const { changes, moves, counts } = pushed;
  const watched = (room: string) => io.sockets.adapter.rooms.has(room);
  const parts = partSights(io);
  const rows = parts.length > 0 ? await rowsOf(orm, pushed) : null;
  const everybody: PushedTo[] = [
    { sight: WHOLE_SIGHT, sees: () => true },
    ...parts.map((sight) => ({ sight, sees: (id: string) => isIn(sight, rows?.get(id)) })),
  ];
  const isLiveWatched = ({ sight }: PushedTo) => watched(liveRoom(sight));
  const isWatched = (id: string) =>
    everybody.some((to) => isLiveWatched(to) || watched(meetingRoom(id, to.sight)));
  const wanted = changes.filter(({ id, from, to }) => from <= to && isWatched(id));
  const records = wanted.length > 0 ? await recordsBetween(orm, wanted) : [];
  for (const to of everybody) await pushMeetings(channel, to, { changes, records, rows }, now);
  for (const { sight, sees } of everybody) {
    for (const { from, into } of moves) {
      if (!sees(into)) continue;
      const to = [meetingRoom(from, sight), liveRoom(sight)];
      await pushInTurns(io, to, "meeting:merged", { id: from, into });
    }
  }
  const watching = everybody.filter(isLiveWatched);
  if (watching.length > 0 && counts)
    await pushLive(channel, watching, { changes, records, rows }, now);
}

/** The meetings that a push is about, by id: only they say what somebody who sees a part may know of it. */
async function rowsOf(
  orm: Database["orm"],
  { changes, moves }: Pick<Pushed, "changes" | "moves">,
): Promise<Map<string, MeetingRow>> {
  const ids = [...new Set([...changes.map(({ id }) => id), ...moves.map(({ into }) => into)])];
  const rows = ids.length > 0 ? await meetingsByIds(orm, ids) : [];
  return new Map(rows.map((row) => [row.id, row]));
}

function isIn(sight: Sight, row: MeetingRow | undefined): boolean {
  if (row === undefined) return false;
  return seesRoom(sight, { sourceId: row.source.id, key: row.room, title: row.title });
}

interface News {
  changes: readonly MeetingChange[];
  records: readonly MeetingRecord[];
  /** `null` where nobody sees a part. */
  rows: ReadonlyMap<string, MeetingRow> | null;
}

/** Pushes to those who watch single meetings with a sight. */
async function pushMeetings(
  { io, database: { orm } }: Channel,
  { sight, sees }: PushedTo,
  { changes, records, rows }: News,
  now: Ms,
): Promise<void> {
  const watched = (room: string) => io.sockets.adapter.rooms.has(room);
  const as_of = toWireTime(now);
  const shownOf = (id: string, events: Recorded[]) => {
    const row = rows?.get(id);
    return sight.masked && row !== undefined
      ? shownRecords(events, rulesOfRow(row), sight)
      : events;
  };
  for (const [id, own] of Map.groupBy(records, ({ meetingId }) => meetingId)) {
    const room = meetingRoom(id, sight);
    if (!watched(room)) continue;
    // Its room has another title since they began to watch.
    if (!sees(id)) {
      io.in(room).socketsLeave(room);
      continue;
    }
    const events = shownOf(
      id,
      own.map(({ record }) => record),
    );
    await pushInTurns(io, [room], "meeting:events", { id, events, as_of });
  }
  for (const { id, from, to } of changes) {
    // Projected again without a new event: what follows from other meetings of the room may have changed.
    if (from <= to || !watched(meetingRoom(id, sight)) || !sees(id)) continue;
    const [returned, row] = await Promise.all([readReturned(orm, id), meetingById(orm, id)]);
    const overtaken_at = toWireTime(row?.overtakenAt ?? null);
    const push = { id, events: [], returned, overtaken_at, as_of };
    await pushInTurns(io, [meetingRoom(id, sight)], "meeting:events", push);
  }
}

/** Pushes to those who watch the live page: what happened is read once, and counted once for each sight. */
async function pushLive(
  { io, database, tallies }: Channel,
  watching: readonly PushedTo[],
  { changes, records, rows: read }: News,
  now: Ms,
): Promise<void> {
  const { orm } = database;
  const ids = changes.map(({ id }) => id);
  const known = read ?? (await rowsOf(orm, { changes, moves: [] }));
  const rows = ids.flatMap((id) => known.get(id) ?? []);
  const latest = records
    .toSorted((a, b) => (a.record.at < b.record.at ? -1 : 1))
    .slice(-HAPPENINGS);
  // Where nothing is theirs, they are not told that there was something.
  const concerned = watching.flatMap((to) => {
    const isTheirs = isWhole(to.sight) || ids.some(to.sees);
    return isTheirs || tallies.of(to.sight).isDue ? [{ ...to, isTheirs }] : [];
  });
  const [summaries, happened, counted] = await Promise.all([
    liveMeetingsOf(
      orm,
      rows.filter(({ mergedInto }) => mergedInto === null),
      now,
    ),
    happenings(orm, latest, known),
    Promise.all(concerned.map(({ sight }) => countFor(sight))),
  ]);
  for (const [index, { sight, sees, isTheirs }] of concerned.entries()) {
    const counts = counted[index] ?? null;
    if (!isTheirs && counts === null) continue;
    const own = {
      summaries: summaries.filter(({ id }) => sees(id)),
      happened: happened.filter(({ meeting_id }) => sees(meeting_id)),
    };
    const { today, ...rest } = counts ?? { today: null };
    await pushInTurns(io, [liveRoom(sight)], "floor:changed", {
      ...shown(own, sight),
      today,
      ...rest,
      as_of: toWireTime(now),
    });
  }

  function countFor(sight: Sight) {
    const zones = zonesIn(io.sockets.adapter.rooms.keys(), sight);
    const others = zones.filter((zone) => zone !== installationTimeZone());
    return tallies.of(sight).count(databaseIn(sight, database).orm, now, others);
  }
}

function pause(ms: Ms): Promise<void> {
  return ms <= 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, ms));
}
