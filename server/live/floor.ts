import { TZDate } from "@date-fns/tz";
import { startOfDay } from "date-fns/startOfDay";
import { database } from "#db/client.ts";
import {
  countWaits,
  heardOf,
  meetingsOnFloor,
  type Notable,
  notablePeople,
  visitsOf,
} from "#db/reading/floor.ts";
import { latestRecords, type MeetingRow, meetingsByIds, type Reader } from "#db/reading/meeting.ts";
import type { Ms } from "#domain/event.ts";
import { union } from "#domain/interval.ts";
import { countAt, stepsOf } from "#domain/occupancy.ts";
import { type Floor, type Summary, type Today, toWireTime } from "#domain/wire.ts";
import { TIME_ZONE } from "#server/zone.ts";
import { happenings } from "./happenings.ts";

const STEPS_SHOWN_MS = 30 * 60_000;
const HAPPENINGS_SHOWN = 30;
/** Admitted within this is on time, until it can be set. */
const TARGET_MS = 120_000;

/** The whole floor as it is now: a fixed number of statements, however many meetings. */
export async function readFloor(
  reader: Reader = database().orm,
  now: Ms = Date.now(),
): Promise<Floor> {
  const rows = await meetingsOnFloor(reader, now);
  const ids = rows.map(({ id }) => id);
  const [meetings, visits, latest, today, heard] = await Promise.all([
    summarise(reader, rows),
    visitsOf(reader, ids),
    latestRecords(reader, HAPPENINGS_SHOWN),
    readToday(reader, now),
    heardOf(reader),
  ]);
  const known = new Map(rows.map((row) => [row.id, row]));
  const others = latest.map(({ meetingId }) => meetingId).filter((id) => !known.has(id));
  for (const row of others.length > 0 ? await meetingsByIds(reader, others) : []) {
    known.set(row.id, row);
  }
  const from = now - STEPS_SHOWN_MS;
  const people = Map.groupBy(visits, ({ meetingId }) => meetingId);
  return {
    as_of: toWireTime(now),
    time_zone: TIME_ZONE,
    meetings,
    steps: Object.fromEntries(
      ids.map((id) => [
        id,
        recentSteps(
          (people.get(id) ?? []).map((person) => person.visits),
          from,
        ),
      ]),
    ),
    happened: (await happenings(reader, latest, known)).toReversed(),
    today,
    sources: heard.sources,
    last_event_at: toWireTime(heard.lastEventAt),
  };
}

/** Meetings as rows of the floor: one statement for all. */
export async function summarise(reader: Reader, rows: readonly MeetingRow[]): Promise<Summary[]> {
  const ids = rows.map(({ id }) => id);
  const people = Map.groupBy(
    ids.length > 0 ? await notablePeople(reader, ids) : [],
    ({ meetingId }) => meetingId,
  );
  return rows.map((row) => summaryOf(row, people.get(row.id) ?? []));
}

function summaryOf(row: MeetingRow, people: readonly Notable[]): Summary {
  const hosts = people
    .filter(({ isHost, status }) => isHost && status === "present")
    .toSorted((a, b) => (a.tenures[0]?.from ?? 0) - (b.tenures[0]?.from ?? 0));
  const somebody = row.status !== "ended" && row.presentCount + row.waitingCount > 0;
  return {
    id: row.id,
    source: { id: row.source.id, provider: row.source.provider, name: row.source.name },
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
      somebody && hosts.length === 0
        ? toWireTime(lastHosted(people) ?? row.startedAt ?? row.firstAt)
        : null,
    waiting: people
      .filter(({ status }) => status === "waiting")
      .flatMap(waitingNow)
      .toSorted((a, b) => (a.started_at < b.started_at ? -1 : 1)),
  };
}

function waitingNow({ personId, name, waits }: Notable): Summary["waiting"] {
  const open = waits.find(({ outcome }) => outcome === "waiting");
  if (!open) return [];
  return [
    {
      person_id: personId,
      name,
      started_at: toWireTime(open.startedAt),
      returned: waits.filter(({ endedAt }) => endedAt !== null && endedAt <= open.startedAt).length,
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

export async function readToday(reader: Reader, now: Ms): Promise<Today> {
  const since = startOfDay(new TZDate(now, TIME_ZONE)).getTime();
  const counts = await countWaits(reader, since, TARGET_MS);
  return { since: toWireTime(since), ...counts, target_ms: TARGET_MS };
}
