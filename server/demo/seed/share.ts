import type { Database } from "#db/connection/client.ts";
import type { Rules } from "#domain/participant/rules.ts";
import type { Ms } from "#domain/time/ms.ts";
import { type Days, historyName, type OpenSeries, openHistory } from "./history.ts";
import { deliveriesOf } from "./kept.ts";
import { DAY, dayOf } from "./plot/calendar.ts";
import { streamOf } from "./plot/chance.ts";
import { type SourcedDelivery, type WrittenChunk, writeChunk } from "./write.ts";

/** What one thread of a seeding does: every so manieth series, on all days. */
export interface SeedJob {
  /** The database. */
  url: string;
  seed: number;
  series: number;
  days: Days;
  /** Ids of the sources, which are there already. */
  sources: readonly string[];
  share: { index: number; of: number };
  now: Ms;
}

/** What a thread has written since it last said so, and how long it took to tell and to write it. */
export interface Share extends WrittenChunk {
  plotMs: Ms;
  writeMs: Ms;
}

/** Deliveries that are written together, a day's at least: few stall, many are memory. */
const DELIVERIES_AT_ONCE = 5_000;

/** Writes a share of a history day by day, so that it lies on the disk as if it had come like that. */
export async function writeShare(
  database: Database,
  { seed, series, days, share, now }: SeedJob,
  rules: ReadonlyMap<string, Rules>,
  say: (share: Share) => void,
): Promise<void> {
  const own = openHistory(seed, series).filter((_, index) => index % share.of === share.index);
  let begun = performance.now();
  let gathered: SourcedDelivery[] = [];
  for (let day = days.first; day <= days.last; day += DAY) {
    for (const one of own) gather(one, historyName(seed), day, gathered);
    const isLast = day + DAY > days.last;
    if (gathered.length === 0 || (gathered.length < DELIVERIES_AT_ONCE && !isLast)) continue;
    const plotted = performance.now();
    const written = await writeChunk(database, gathered, rules, now);
    const done = performance.now();
    say({ ...written, plotMs: plotted - begun, writeMs: done - plotted });
    begun = done;
    gathered = [];
  }
}

/** Adds what was delivered of one day of a series. */
function gather(
  { name, diary, sources }: OpenSeries,
  history: string,
  day: Ms,
  into: SourcedDelivery[],
): void {
  const random = streamOf(history, name, "deliveries", day);
  for (const gathering of diary(dayOf(day))) {
    const sourceId = sources[gathering.provider];
    for (const delivery of deliveriesOf(random, gathering)) into.push({ ...delivery, sourceId });
  }
}
