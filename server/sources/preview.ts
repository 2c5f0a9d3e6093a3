import { type Database, database } from "#db/connection/client.ts";
import type { Transaction } from "#db/connection/session.ts";
import { loadCurrent } from "#db/recording/load.ts";
import { latestMeetings, meetingsById } from "#db/recording/meetings.ts";
import { roomsById } from "#db/recording/rooms.ts";
import { latestPlaced, readPlaced, roomsNear } from "#db/recording/same-place.ts";
import type { StoredSource } from "#db/sources/sources.ts";
import type { Rules } from "#domain/participant/rules.ts";
import { type Effect, effectOf } from "#domain/projection/effect.ts";
import { NOTHING_STALE } from "#domain/projection/news.ts";
import type { MeetingState } from "#domain/projection/state.ts";
import { MOST_GAP_MS, MOST_GRACE_MS } from "#domain/sources/sources.ts";
import type { Ms } from "#domain/time/ms.ts";
import { notFound } from "#server/http/answer.ts";
import { upTo, valueIn, word } from "#server/http/query.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { rulesOf } from "#server/ingest/known-sources.ts";
import { planNews } from "#server/ingest/project-news.ts";
import { joiningOf } from "#server/ingest/settle-bots.ts";
import { provider } from "#server/providers/providers.ts";
import { sourceNamed } from "./named.ts";
import type { sourcePreview } from "./schema.ts";

/** So many of the latest meetings are planned again, or as many as have so many events. */
const MOST_MEETINGS = 200;
const MOST_EVENTS = 50_000;
/** Planned at once: other work of this process waits for no more. */
const EVENTS_AT_ONCE = 1_000;

export const PREVIEW = {
  empty_gap_ms: upTo(MOST_GAP_MS).describe("The gap; the present one where it is left out"),
  grace_ms: upTo(MOST_GRACE_MS).describe("The grace; the present one where it is left out"),
  joins_bots: word(["true", "false"]).describe(
    "Whether several bots at one address make one meeting; as now where it is left out",
  ),
};

type Preview = AnswerOf<typeof sourcePreview>;

/** `GET /api/v1/sources/{id}/preview`: what other settings would make of the latest meetings. */
export async function getPreview(url: URL, id: string): Promise<Response> {
  const source = await sourceNamed(id);
  const emptyGapMs = valueIn(url, "empty_gap_ms", PREVIEW.empty_gap_ms) ?? source.emptyGapMs;
  const graceMs = valueIn(url, "grace_ms", PREVIEW.grace_ms) ?? source.graceMs;
  const joining = valueIn(url, "joins_bots", PREVIEW.joins_bots);
  const joinsBots = joining === null ? source.joinsBots : joining === "true";
  const now = Date.now();
  const preview = await previewOf(database(), { ...source, emptyGapMs, graceMs, joinsBots }, now);
  if (joinsBots === source.joinsBots) return Response.json(preview);
  const { parted, joined } = await previewOfBots(database(), { ...source, joinsBots }, now);
  return Response.json({
    ...preview,
    parted: preview.parted + parted,
    joined: preview.joined + joined,
  } satisfies Preview);
}

/** Which of the latest meetings of bots would be parted, and which would become one with another. */
export async function previewOfBots(
  { transaction }: Pick<Database, "transaction">,
  source: StoredSource,
  now: Ms,
): Promise<Pick<Preview, "parted" | "joined">> {
  const own = provider(source.provider);
  if (own === null) throw notFound("source");
  const setting = { rules: rulesOf(own, source), isJoined: source.joinsBots };
  const left = new Set(await transaction((tx) => latestPlaced(tx, source.id, MOST_MEETINGS)));
  const [parted, joined] = [new Set<number>(), new Set<number>()];
  for (const id of left) {
    const moved = await transaction(async (tx) => {
      const rooms = await readPlaced(tx, await roomsNear(tx, id));
      for (const room of rooms) left.delete(room.id);
      const homes = new Map(rooms.map((room) => [room.id, room.joinedTo ?? room.id]));
      const joining = await joiningOf(tx, rooms, setting, now);
      return joining.moved.map((one) => ({ ...one, was: homes.get(one.roomId) ?? one.roomId }));
    });
    for (const { roomId, home, was } of moved) {
      if (home === roomId) parted.add(was);
      else for (const one of [roomId, home]) joined.add(one);
    }
  }
  return { parted: parted.size, joined: joined.size };
}

/**
 * Plans the latest meetings of a source by settings that it does not have yet, as a rebuild would, and writes nothing.
 * Nothing is locked: what is recorded meanwhile may be in it or not.
 */
export async function previewOf(
  { transaction }: Pick<Database, "transaction">,
  source: StoredSource,
  now: Ms,
): Promise<Preview> {
  const own = provider(source.provider);
  if (own === null) throw notFound("source");
  const rules = rulesOf(own, source);
  const latest = await transaction((tx) => latestMeetings(tx, source.id, MOST_MEETINGS));
  const meetings = upToEvents(latest, MOST_EVENTS);
  const sum: Preview = { meetings: meetings.length, parted: 0, joined: 0, changed: 0, people: 0 };
  for (const portion of portionsOf(meetings, EVENTS_AT_ONCE)) {
    const effect = await transaction((tx) => planned(tx, portion, rules, now));
    sum.parted += effect.parted.length;
    sum.joined += effect.joined.length;
    sum.changed += effect.changed.length;
    sum.people += effect.people;
  }
  return sum;
}

async function planned(
  tx: Transaction,
  portion: readonly LatestMeeting[],
  rules: Rules,
  now: Ms,
): Promise<Effect> {
  const rooms = await roomsById(tx, [...new Set(portion.map(({ roomId }) => roomId))]);
  const meetings = await meetingsById(
    tx,
    portion.map(({ id }) => id),
  );
  const current = await loadCurrent(tx, rooms);
  const inRoom = Map.groupBy(meetings, ({ roomId }) => roomId);
  const news = rooms
    .filter(({ erasedAt }) => erasedAt === null)
    .map((room) => ({
      ...NOTHING_STALE,
      room,
      rules,
      arrived: [],
      current: current.get(room.id) ?? null,
      stale: inRoom.get(room.id) ?? [],
    }));
  return effectOf(await planNews(tx, news, now), meetings);
}

type LatestMeeting = Pick<MeetingState, "id" | "roomId" | "seq">;

function upToEvents(meetings: readonly LatestMeeting[], events: number): LatestMeeting[] {
  let sum = 0;
  const beyond = meetings.findIndex(({ seq }, index) => {
    sum += seq;
    return index > 0 && sum > events;
  });
  return meetings.slice(0, beyond === -1 ? meetings.length : beyond);
}

/** The meetings room by room, in portions of about so many events. */
function* portionsOf(
  meetings: readonly LatestMeeting[],
  events: number,
): Generator<LatestMeeting[]> {
  let left = [...Map.groupBy(meetings, ({ roomId }) => roomId).values()].flat();
  while (left.length > 0) {
    const portion = upToEvents(left, events);
    yield portion;
    left = left.slice(portion.length);
  }
}
