import { z } from "zod";
import { database } from "#db/connection/client.ts";
import {
  type FoundMeeting,
  type RegisterFilter,
  type RoomSet,
  registerEntries,
  registerMeetings,
  roomById,
} from "#db/rooms/register.ts";
import {
  aliasesOfList,
  classListOfRoom,
  entriesOf,
  listClassLists,
} from "#db/scheduled/reading-class-lists.ts";
import type { Reader } from "#db/sql/orm.ts";
import type { RegisterFacts, RegisterList, RegisterMeeting } from "#domain/rooms/register/facts.ts";
import { figuresOf } from "#domain/rooms/register/figures.ts";
import { withinCells, withinEntries } from "#domain/rooms/register/fitting.ts";
import { storedThresholds } from "#domain/rooms/register/lens.ts";
import { packRegister } from "#domain/rooms/register/packing.ts";
import type { RegisterPage } from "#domain/rooms/register/page.ts";
import { registerOf } from "#domain/rooms/register/register.ts";
import { type RoomStart, roomStartAt } from "#domain/rooms/register/room-start.ts";
import { scheduledStart } from "#domain/rooms/register/start.ts";
import type { Ms } from "#domain/time/ms.ts";
import { dayAt } from "#domain/time/period.ts";
import { houseOf, readHouse } from "#server/desk/groups/house.ts";
import { AskedParams } from "#server/http/asked.ts";
import { leniently, NARROWING, strictly } from "#server/http/lists/parameters.ts";
import { offsetIn, periodIn } from "#server/http/period.ts";
import { fourWeeksIn, timeZoneOf } from "#server/http/range.ts";
import { shown } from "#server/http/shown.ts";
import { viewerZone } from "#server/http/viewer.ts";
import { oneMeetingARoom, provider } from "#server/providers/providers.ts";
import { ensureOccurrences } from "#server/scheduled/occurrences.ts";
import { roomNamed } from "./room.ts";
import { strictThresholdsIn, thresholdsAsked } from "./room-query.ts";

const LENGTH = z.object({ min_duration_ms: NARROWING.min_duration_ms });

/** A register has at most the latest so many meetings; fewer in a room with crowds. */
const MOST_MEETINGS = 200;
const MOST_ENTRIES = 60_000;
const MOST_CELLS = 500_000;
/** The page offers so many class lists to choose from. */
const MOST_LISTS = 200;

/** What a register is made from, and how many meetings there were in those days. */
interface Found {
  facts: RegisterFacts;
  meetings: number;
  classList: { id: string; name: string | null } | null;
}

/** Five statements at most, however many meetings and people. */
async function readRegister(
  reader: Reader,
  room: RoomSet,
  filter: RegisterFilter,
  now: Ms,
): Promise<Found> {
  // Weekly scheduled meetings must exist: late counts from their start.
  await ensureOccurrences(now);
  const [found, classList] = await Promise.all([
    registerMeetings(reader, room.id, filter, oneMeetingARoom, MOST_MEETINGS),
    classListOfRoom(reader, room),
  ]);
  const [latest] = found;
  const start = room.settings?.start ?? null;
  const meetings = withinEntries(found, MOST_ENTRIES).map((one) => withStarts(one, start, now));
  const [entries, list] = await Promise.all([
    registerEntries(
      reader,
      meetings.map(({ id }) => id),
    ),
    classList && listOf(reader, classList.id),
  ]);
  const userIdsLast = provider(room.source.provider)?.userIdsLast ?? false;
  const graceMs = latest?.graceMs ?? 0;
  const facts = withinCells({ meetings, entries, userIdsLast, graceMs, list }, MOST_CELLS);
  return { facts, meetings: latest?.of ?? 0, classList };
}

async function listOf(reader: Reader, id: string): Promise<RegisterList> {
  const [people, aliases] = await Promise.all([entriesOf(reader, id), aliasesOfList(reader, id)]);
  return { people, aliases };
}

/** A meeting with every start it may have: as scheduled, as set for the room, as reported, and the first join. */
function withStarts(found: FoundMeeting, start: RoomStart | null, now: Ms): RegisterMeeting {
  const { scheduled, providerStartedAt, firstInAt, of: _, graceMs: __, ...meeting } = found;
  const { status, firstAt, endedAt } = meeting;
  const span = { from: firstAt, to: endedAt ?? (status === "ended" ? firstAt : now) };
  return {
    ...meeting,
    starts: {
      scheduled: scheduledStart(span, scheduled),
      room: start && roomStartAt(span, start, offsetIn(start.timeZone)),
      provider: providerStartedAt,
      firstIn: firstInAt,
    },
  };
}

/** The page of a room for the parameters of an address; `null` where there is no such room. */
export async function readRegisterPage(
  id: string,
  params: URLSearchParams,
  reader: Reader = database().orm,
  now: Ms = Date.now(),
): Promise<RegisterPage | null> {
  const room = await roomById(reader, id, oneMeetingARoom);
  if (room === null) return null;
  const asked = AskedParams.of(params);
  const period = periodIn(asked, now, viewerZone());
  const { min_duration_ms: minDurationMs } = leniently(LENGTH, asked);
  const { settings, ...named } = room;
  const thresholds = thresholdsAsked(asked, storedThresholds(settings));
  const longerThan = minDurationMs === null ? null : { ms: minDurationMs, now };
  const days = { from: period.from, to: period.to };
  const [{ facts, meetings, classList }, classLists, said] = await Promise.all([
    readRegister(reader, room, { ...days, longerThan }, now),
    listClassLists(reader, null, MOST_LISTS),
    readHouse(reader, now),
  ]);
  const register = registerOf(facts, thresholds, now);
  return {
    room: named,
    settings,
    classList,
    classLists: classLists.map(({ id: list, name }) => ({ id: list, name })),
    register: packRegister(shown(register)),
    figures: figuresOf(register),
    meetings,
    asOf: now,
    period,
    today: dayAt(now, offsetIn(period.timeZone)),
    minDurationMs,
    thresholds,
    house: houseOf({ sourceId: room.source.id, key: room.key, title: room.title }, said, now),
  };
}

/** The register that a program asks for. Throws 404 for no such room, 400 for a parameter that cannot be read. */
export async function askedRegister(url: URL, id: string, now: Ms) {
  const period = { ...fourWeeksIn(url, now), timeZone: timeZoneOf(url) };
  const asked = strictThresholdsIn(url);
  const { min_duration_ms: minDurationMs } = strictly(LENGTH, url);
  const room = await roomNamed(id);
  const thresholds = asked(storedThresholds(room.settings));
  const longerThan = minDurationMs === null ? null : { ms: minDurationMs, now };
  const days = { from: period.from, to: period.to };
  const { facts, meetings, classList } = await readRegister(
    database().orm,
    room,
    { ...days, longerThan },
    now,
  );
  const register = registerOf(facts, thresholds, now);
  return { room, classList, register, meetings, period, thresholds, asOf: now };
}

export type AskedRegister = Awaited<ReturnType<typeof askedRegister>>;
