import { collectDefaultMetrics, Registry } from "@prometheus-io/client";
import { sightNow } from "#db/access/sight/seeing.ts";
import { database } from "#db/connection/client.ts";
import { numbersBySource } from "#db/live/by-source.ts";
import { stoppedRooms, unprojectedCount } from "#db/recording/unprojected.ts";
import { isLimited, type Sight, sightKey } from "#domain/access/sight.ts";
import type { Ms } from "#domain/time/ms.ts";
import { installationTimeZone } from "#server/http/zone.ts";
import { sharedProjecting } from "#server/ingest/projecting.ts";
import { recent } from "#server/live/recent.ts";
import { startOfToday } from "#server/live/snapshot.ts";
import { processCounts } from "#server/runtime/counts.ts";
import type { MetricFamily } from "./family.ts";
import { processFamilies, refusedFamily } from "./of-process.ts";
import { sourceFamilies, unprojectedFamilies } from "./of-sources.ts";

/** The database is asked at most this often for each sight, however many ask us. */
const GOOD_FOR_MS: Ms = 1_000;
/** Sights for which there is a reading; each has one. */
const MOST_READINGS = 50;

export const CONTENT_TYPE = Registry.PROMETHEUS_CONTENT_TYPE;

/**
 * All metrics in the text format of Prometheus, as whom the work now is for may see them. Who sees some sources or
 * rooms is given the numbers of these: what the process does is about all of them.
 */
export async function exposition(): Promise<string> {
  const sight = sightNow();
  const families = [...(await storedFamiliesFor(sight)), ...countedFamilies(sight)];
  const own = await Registry.aggregate([families]).metrics();
  return isLimited(sight) ? own : `${own}\n${await runtime().metrics()}`;
}

/** The metrics of the process in memory; none of what is about all sources for who sees only some. */
function countedFamilies(sight: Sight): MetricFamily[] {
  const counts = processCounts();
  if (!isLimited(sight)) {
    const projector = sharedProjecting()?.numbers() ?? null;
    const refused = refusedFamily(counts, () => true);
    return [refused, ...processFamilies(counts, projector, database().pools)];
  }
  const { sources, rooms } = sight;
  // A refused webhook names no room, so it is not known whether it is of one that is seen.
  const isSeen = (id: string) => rooms === null && sources !== null && sources.includes(id);
  return [refusedFamily(counts, isSeen)];
}

const readings = new Map<string, () => Promise<MetricFamily[]>>();

function storedFamiliesFor(sight: Sight): Promise<MetricFamily[]> {
  const key = sightKey(sight);
  const existing = readings.get(key);
  if (existing !== undefined) return existing();
  if (readings.size >= MOST_READINGS) readings.clear();
  const own = recent(storedFamilies, GOOD_FOR_MS);
  readings.set(key, own);
  return own();
}

/** What follows from what is stored: one statement, and for who sees everything what waits to be projected. */
async function storedFamilies(): Promise<MetricFamily[]> {
  const now = Date.now();
  const { orm } = database();
  const sources = await numbersBySource(orm, startOfToday(now, installationTimeZone()));
  const families = sourceFamilies(sources, now);
  if (isLimited(sightNow())) return families;
  const unprojected = await unprojectedCount(orm);
  const stopped = unprojected.count === 0 ? null : await stoppedRooms(orm);
  return [...families, ...unprojectedFamilies(unprojected, stopped, now)];
}

let ofRuntime: Registry | null = null;

/** What Node.js says of this process: processor, memory, event loop, garbage. Measured from the first question on. */
function runtime(): Registry {
  if (ofRuntime === null) {
    ofRuntime = new Registry();
    collectDefaultMetrics({ register: ofRuntime });
  }
  return ofRuntime;
}
