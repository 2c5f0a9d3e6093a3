import type { OpenShare } from "#db/access/shares/shares.ts";
import { database } from "#db/connection/client.ts";
import { liveRanks } from "#db/live/live.ts";
import { meetingsByIds } from "#db/meetings/meeting.ts";
import type { Reader } from "#db/sql/orm.ts";
import { maskedName } from "#domain/access/mask.ts";
import type { Ms } from "#domain/time/ms.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { DEFAULT_GOAL } from "#domain/waits/waiting-page.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { tagOf } from "#server/http/unless-known.ts";
import { installationTimeZone } from "#server/http/zone.ts";
import { recent } from "#server/live/recent.ts";
import { recordingNow } from "#server/live/recording.ts";
import { liveMeetingsOf, readToday, readTotals } from "#server/live/snapshot.ts";
import { buildName } from "#server/runtime/build.ts";
import type { wallboard } from "./schema.ts";

export type WallboardJson = AnswerOf<typeof wallboard>;
type Counted = Omit<WallboardJson, "as_of" | "build" | "masked" | "expires_at" | "halted">;

/** More would not be readable from afar; the others are only counted. */
const MOST_WAITING = 12;
/** However many screens ask, what is shown is read so often, for each choice of sources. */
const GOOD_FOR_MS: Ms = 1_000;
const MOST_CHOICES = 50;

/** What a wallboard shows now, and a tag that is another one as soon as anything of it is. */
export async function wallboardOf(
  share: OpenShare,
): Promise<{ tag: string; board: WallboardJson }> {
  const { masked, expiresAt } = share;
  const counted = await countedFor(share.sources);
  const { halted } = recordingNow();
  const steady = {
    ...(masked ? maskedBoard(counted) : counted),
    ...{ masked, build: buildName(), expires_at: toWireTime(expiresAt), halted },
  };
  return { tag: tagOf(steady), board: { ...steady, as_of: toWireTime(Date.now()) } };
}

function maskedBoard(counted: Counted): Counted {
  const { waiting_room } = counted;
  return {
    ...counted,
    waiting_room: waiting_room.map((one) => ({
      ...one,
      name: one.name === null ? null : maskedName(one.name),
    })),
  };
}

const readings = new Map<string, () => Promise<Counted>>();

function countedFor(sources: readonly string[] | null): Promise<Counted> {
  const zone = installationTimeZone();
  const name = `${zone} ${sources === null ? "all" : sources.toSorted().join()}`;
  const existing = readings.get(name);
  if (existing !== undefined) return existing();
  if (readings.size >= MOST_CHOICES) readings.clear();
  const own = recent(() => count(sources, zone), GOOD_FOR_MS);
  readings.set(name, own);
  return own();
}

/** Five statements, however many meetings there are. */
async function count(
  sources: readonly string[] | null,
  zone: string,
  reader: Reader = database().orm,
  now: Ms = Date.now(),
): Promise<Counted> {
  const [totals, today, waiting_room] = await Promise.all([
    readTotals(reader, sources),
    readToday(reader, now, zone, sources),
    readWaitingRoom(reader, now, sources),
  ]);
  return {
    time_zone: zone,
    meetings: totals.meetings,
    present: totals.present,
    waiting: totals.waiting,
    longest_since: totals.longest_since,
    hostless: totals.hostless,
    waiting_without_host: totals.waiting_without_host,
    today: {
      target_ms: today.target_ms,
      goal: DEFAULT_GOAL / 100,
      entered: today.entered,
      left_before_admitted: today.left_before_admitted,
      abandonment_rate: today.abandonment_rate,
      service_level: today.service_level,
    },
    waiting_room,
  };
}

/** Those who have waited longest: they wait for the first meetings, which stand in the order of their longest wait. */
async function readWaitingRoom(
  reader: Reader,
  now: Ms,
  sources: readonly string[] | null,
): Promise<Counted["waiting_room"]> {
  const ranks = await liveRanks(reader, now, MOST_WAITING, sources);
  const ids = ranks.filter(({ rank }) => rank === 0).map(({ id }) => id);
  if (ids.length === 0) return [];
  const meetings = await liveMeetingsOf(reader, await meetingsByIds(reader, ids), now);
  return meetings
    .flatMap(({ title, room, source, hostless_since, waiting, house }) =>
      waiting.map(({ name, started_at, returned }) => ({
        ...{ name, since: started_at, returned, room: title ?? room },
        ...{ demo: source.demo === true, hostless: hostless_since !== null, house },
      })),
    )
    .toSorted((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : 0))
    .slice(0, MOST_WAITING);
}
