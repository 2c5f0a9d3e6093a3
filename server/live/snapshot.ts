import { TZDate } from "@date-fns/tz";
import { startOfDay } from "date-fns/startOfDay";
import { sightNow } from "#db/access/sight/seeing.ts";
import { database } from "#db/connection/client.ts";
import {
  type LiveRank,
  lastReceivedOf,
  liveRanks,
  liveTotals,
  type Notable,
  notablePeople,
  visitsOf,
} from "#db/live/live.ts";
import { latestRecords, type MeetingRow, meetingsByIds } from "#db/meetings/meeting.ts";
import type { Reader } from "#db/sql/orm.ts";
import { type HandledWait, handlingsOfWaiting } from "#db/waits/handling.ts";
import type { ClosedTime } from "#db/waits/wait-filter.ts";
import { waitIdOf } from "#db/waits/wait-id.ts";
import { countWaitsIn } from "#db/waits/waiting.ts";
import { wireSource } from "#domain/event/recorded.ts";
import { LIVE_START } from "#domain/live/live-position.ts";
import { recordingSeen } from "#domain/live/seen-recording.ts";
import type {
  LiveMeeting,
  LivePosition,
  LiveSnapshot,
  LiveTotals,
  Today,
} from "#domain/live/wire.ts";
import { countAt, stepsOf } from "#domain/meeting/occupancy.ts";
import { union } from "#domain/time/interval.ts";
import type { Ms } from "#domain/time/ms.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { type WireClaim, wireClaim } from "#domain/waits/handling-wire.ts";
import { waitMetrics } from "#domain/waits/wait-metrics.ts";
import { DEFAULT_MEASURE } from "#domain/waits/waiting-page.ts";
import { type House, houseOf, readHouse } from "#server/desk/groups/house.ts";
import { installationTimeZone } from "#server/http/zone.ts";
import { happenings } from "./happenings.ts";
import { recordingNow } from "./recording.ts";

const STEPS_SHOWN_MS = 30 * 60_000;
const HAPPENINGS_SHOWN = 30;

/**
 * The live snapshot as of now, with its `first` meetings, or with all where that is `null`: a fixed number of
 * statements, however many meetings there are.
 */
export async function readLive(
  reader: Reader = database().orm,
  now: Ms = Date.now(),
  first: number | null = null,
  timeZone: string = installationTimeZone(),
): Promise<LiveSnapshot> {
  const positions = await liveRanks(reader, now, first === null ? null : first + 1);
  const isWhole = first === null || positions.length <= first;
  const shown = isWhole ? positions : positions.slice(0, first);
  const ids = shown.map(({ id }) => id);
  const from = now - STEPS_SHOWN_MS;
  const [rows, visits, latest, frame] = await Promise.all([
    ids.length > 0 ? meetingsByIds(reader, ids) : [],
    ids.length > 0 ? visitsOf(reader, ids, from) : [],
    latestRecords(reader, HAPPENINGS_SHOWN),
    readFrame(reader, now, timeZone),
  ]);
  const rowOf = new Map(rows.map((row) => [row.id, row]));
  const others = latest.map(({ meetingId }) => meetingId).filter((id) => !rowOf.has(id));
  const [meetings, elsewhere] = await Promise.all([
    // In the order of their positions; a push reports one that was merged meanwhile.
    liveMeetingsOf(reader, ids.flatMap((id) => rowOf.get(id) ?? []).filter(isOwn), now),
    others.length > 0 ? meetingsByIds(reader, others) : [],
  ]);
  for (const row of elsewhere) rowOf.set(row.id, row);
  const people = Map.groupBy(visits, ({ meetingId }) => meetingId);
  return {
    ...frame,
    meetings,
    frontier: isWhole ? null : frontierOf(shown),
    steps: Object.fromEntries(
      ids.map((id) => [
        id,
        recentSteps(
          (people.get(id) ?? []).map((person) => person.visits),
          from,
        ),
      ]),
    ),
    happened: (await happenings(reader, latest, rowOf)).toReversed(),
  };
}

/** What every page needs of the live snapshot: its totals, and none of its meetings. */
export async function readFrame(
  reader: Reader = database().orm,
  now: Ms = Date.now(),
  timeZone: string = installationTimeZone(),
): Promise<LiveSnapshot> {
  const [today, lastReceived, totals] = await Promise.all([
    readToday(reader, now, timeZone),
    lastReceivedOf(reader),
    readTotals(reader),
  ]);
  return {
    as_of: toWireTime(now),
    time_zone: installationTimeZone(),
    meetings: [],
    totals,
    frontier: LIVE_START,
    steps: {},
    happened: [],
    today,
    sources: lastReceived.sources,
    last_event_at: toWireTime(lastReceived.lastEventAt),
    recording: recordingSeen(sightNow(), recordingNow(), now),
  };
}

function frontierOf(positions: readonly LiveRank[]): LivePosition {
  const last = positions.at(-1);
  return last === undefined ? LIVE_START : { ...last, at: toWireTime(last.at) };
}

function isOwn({ mergedInto }: MeetingRow): boolean {
  return mergedInto === null;
}

/** Meetings as rows of the live page: three statements for all, and one for those with somebody waiting. */
export async function liveMeetingsOf(
  reader: Reader,
  rows: readonly MeetingRow[],
  now: Ms,
  house: House | null = null,
): Promise<LiveMeeting[]> {
  const ids = rows.map(({ id }) => id);
  const waited = rows.flatMap(({ id, waitingCount }) => (waitingCount > 0 ? id : []));
  const [notable, handled, said] = await Promise.all([
    ids.length > 0 ? notablePeople(reader, ids) : [],
    waited.length > 0 ? handlingsOfWaiting(reader, waited) : [],
    house ?? (ids.length > 0 ? readHouse(reader, now) : NOTHING_SAID),
  ]);
  const people = Map.groupBy(notable, ({ meetingId }) => meetingId);
  const handlings = new Map(handled.map((wait) => [keyOf(wait), wait.handlings]));
  return rows.map((row) => ({
    ...summaryOf(row, people.get(row.id) ?? [], (participantId, startedAt) => {
      const key = { meetingId: row.id, participantId, startedAt };
      return wireClaim(handlings.get(keyOf(key)) ?? [], { endedAt: null }, now);
    }),
    house: houseOf({ sourceId: row.source.id, key: row.room, title: row.title }, said, now),
  }));
}

const NOTHING_SAID: House = { groups: [], messages: [] };

function keyOf({ meetingId, participantId, startedAt }: Omit<HandledWait, "handlings">): string {
  return `${meetingId} ${startedAt} ${participantId}`;
}

type ClaimOf = (participantId: string, startedAt: Ms) => WireClaim;

function summaryOf(
  row: MeetingRow,
  people: readonly Notable[],
  claimOf: ClaimOf,
): Omit<LiveMeeting, "house"> {
  const roomId = Number(row.roomId);
  const hosts = people
    .filter(({ isHost, status }) => isHost && status === "present")
    .toSorted((a, b) => (a.tenures[0]?.from ?? 0) - (b.tenures[0]?.from ?? 0));
  const isOccupied = row.status !== "ended" && row.presentCount + row.waitingCount > 0;
  return {
    id: row.id,
    source: wireSource(row.source),
    room: row.room,
    title: row.title,
    status: row.status,
    started_at: toWireTime(row.startedAt),
    ended_at: toWireTime(row.endedAt),
    seq: row.seq,
    present_count: row.presentCount,
    waiting_count: row.waitingCount,
    people_count: row.peopleCount,
    note_taker_count: row.noteTakerCount,
    hosts: hosts.map(({ personId, name }) => ({ person_id: personId, name })),
    hostless_since:
      isOccupied && hosts.length === 0 && !people.some(mayBeHosting)
        ? toWireTime(lastHosted(people) ?? row.startedAt ?? row.firstAt)
        : null,
    not_heard_of: row.status === "ended" ? [] : notHeardOf(people),
    waiting: people
      .flatMap((person) => waitingNow(person, roomId, claimOf))
      .toSorted((a, b) => (a.started_at < b.started_at ? -1 : 1)),
    observer: row.observer,
  };
}

function notHeardOf(people: readonly Notable[]): LiveMeeting["not_heard_of"] {
  return people
    .flatMap(({ personId, name, status, lastLeftAt }) =>
      status === "not_known" && lastLeftAt !== null
        ? { person_id: personId, name, since: toWireTime(lastLeftAt) }
        : [],
    )
    .toSorted((a, b) => (a.since > b.since ? -1 : 1));
}

/** A host of whom it is not known whether they still are present: then a meeting is not said to be without host. */
function mayBeHosting({ isHost, status }: Notable): boolean {
  return isHost && status === "not_known";
}

function waitingNow(
  { personId, name, waits }: Notable,
  roomId: number,
  claimOf: ClaimOf,
): LiveMeeting["waiting"] {
  const open = waits.find(({ outcome }) => outcome === "waiting");
  if (!open) return [];
  const { participantId, startedAt } = open;
  return [
    {
      id: waitIdOf({ roomId, participantId, startedAt }),
      person_id: personId,
      name,
      started_at: toWireTime(startedAt),
      returned: waits.filter(({ endedAt }) => endedAt !== null && endedAt <= startedAt).length,
      ...claimOf(participantId, startedAt),
    },
  ];
}

function lastHosted(people: readonly Notable[]): Ms | null {
  let last: Ms | null = null;
  for (const { tenures } of people) {
    for (const { to } of tenures) if (to !== null) last = Math.max(last ?? to, to);
  }
  return last;
}

function recentSteps(
  visits: readonly (readonly { joinedAt: Ms; leftAt: Ms | null }[])[],
  from: Ms,
): { at: string; count: number }[] {
  const steps = stepsOf(
    visits.map((own) => union(own.map(({ joinedAt, leftAt }) => ({ from: joinedAt, to: leftAt })))),
  );
  const before = { at: from, count: countAt(steps, from) };
  return [before, ...steps.filter(({ at }) => at > from)].map(({ at, count }) => ({
    at: toWireTime(at),
    count,
  }));
}

/** When the day began in a zone. */
export function startOfToday(now: Ms, timeZone: string): Ms {
  return startOfDay(new TZDate(now, timeZone)).getTime();
}

/** The waits since the day began in a zone; of some sources alone where these are named, without what is closed. */
export async function readToday(
  reader: Reader,
  now: Ms,
  timeZone: string = installationTimeZone(),
  sourceIds: readonly string[] | null = null,
  closed: readonly ClosedTime[] = [],
): Promise<Today> {
  const since = startOfToday(now, timeZone);
  const scope = { source: null, sourceIds, room: null, from: since, to: null, closed };
  const { targetMs } = DEFAULT_MEASURE;
  const count = await countWaitsIn(reader, scope, targetMs);
  return {
    time_zone: timeZone,
    since: toWireTime(since),
    target_ms: targetMs,
    ...waitMetrics(count, DEFAULT_MEASURE),
  };
}

/** Today in each of several zones. Zones in which it began at the same moment are counted once. */
export async function readTodays(
  reader: Reader,
  now: Ms,
  zones: readonly string[],
): Promise<Today[]> {
  const begun = Map.groupBy(zones, (zone) => startOfDay(new TZDate(now, zone)).getTime());
  const read = await Promise.all(
    [...begun.values()].map(async (own) => {
      const today = await readToday(reader, now, own[0]);
      return own.map((time_zone) => ({ ...today, time_zone }));
    }),
  );
  return read.flat();
}

/** What is counted over all meetings in progress, or over those of some sources. */
export async function readTotals(
  reader: Reader,
  sourceIds: readonly string[] | null = null,
): Promise<LiveTotals> {
  const totals = await liveTotals(reader, sourceIds);
  return {
    meetings: totals.meetings,
    present: totals.present,
    waiting: totals.waiting,
    hostless: totals.hostless,
    waiting_without_host: totals.waitingWithoutHost,
    longest_since: toWireTime(totals.longestSince),
  };
}
