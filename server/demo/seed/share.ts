import type { Database } from "#db/connection/client.ts";
import type { Rules } from "#domain/participant/rules.ts";
import type { Ms } from "#domain/time/ms.ts";
import { streamOf } from "#server/demo/world/random.ts";
import { type Days, historyName, type OpenSeries, openHistory } from "./history.ts";
import { deliveriesOf } from "./kept.ts";
import { DAY, dayOf } from "./kinds/calendar.ts";
import { type SourcedDelivery, type WrittenChunk, writeChunk } from "./write.ts";

/** The work of one thread of a seeding: every n-th series, on all days. */
export interface SeedJob {
  /** The database. */
  url: string;
  seed: number;
  series: number;
  days: Days;
  /** Ids of the sources, which are stored already. */
  sources: readonly string[];
  share: { index: number; of: number };
  now: Ms;
}

/** What a thread has written since its last report, and how long plotting and writing took. */
export interface Share extends WrittenChunk {
  plotMs: Ms;
  writeMs: Ms;
}

/** Deliveries that are written together, at least those of a day: few are slow, many take memory. */
const DELIVERIES_AT_ONCE = 5_000;

/** Writes a share of a history day by day, so that it is on the disk in the order in which it would have come. */
export async function writeShare(
  database: Database,
  { seed, series, days, share, now }: SeedJob,
  rules: ReadonlyMap<string, Rules>,
  report: (share: Share) => void,
): Promise<void> {
  const ownSeries = openHistory(seed, series).filter(
    (_, index) => index % share.of === share.index,
  );
  let begun = performance.now();
  let gathered: SourcedDelivery[] = [];
  for (let day = days.first; day <= days.last; day += DAY) {
    for (const one of ownSeries) gather(one, historyName(seed), day, gathered);
    const isLast = day + DAY > days.last;
    if (gathered.length === 0 || (gathered.length < DELIVERIES_AT_ONCE && !isLast)) continue;
    const plotted = performance.now();
    const written = await writeChunk(database, gathered, rules, now);
    const done = performance.now();
    report({ ...written, plotMs: plotted - begun, writeMs: done - plotted });
    begun = done;
    gathered = [];
  }
}

/** Adds the deliveries of one day of a series. */
function gather(
  { name, diary, sources }: OpenSeries,
  history: string,
  day: Ms,
  into: SourcedDelivery[],
): void {
  const random = streamOf(history, name, "deliveries", day);
  for (const gathering of diary(dayOf(day))) {
    const sourceId = sources.get(gathering.provider) ?? "";
    for (const delivery of deliveriesOf(random, gathering)) into.push({ ...delivery, sourceId });
  }
}
