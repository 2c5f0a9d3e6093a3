import { performance } from "node:perf_hooks";
import { lastReceivedOf } from "#db/live/live.ts";
import type { Reader } from "#db/sql/orm.ts";
import { type Sight, sightKey } from "#domain/access/sight.ts";
import type { LiveTotals, Today } from "#domain/live/wire.ts";
import type { Ms } from "#domain/time/ms.ts";
import { toWireTime, type WireTime } from "#domain/time/wire-time.ts";
import { installationTimeZone } from "#server/http/zone.ts";
import { readTodays, readTotals } from "./snapshot.ts";

/** At most one part in so many of the time is spent on counting. */
const SHARE = 10;
/** Sights that are counted for at once. */
const MOST_SIGHTS = 500;

interface Counts {
  today: Today;
  elsewhere: Today[];
  totals: LiveTotals;
  last_event_at: WireTime | null;
}

/**
 * Counts over all meetings for the pushes of the live page: with every push where counting is quick, and
 * otherwise as often as `SHARE` allows. A count put off is made up for, so that the last push is always true.
 */
class LiveTally {
  #restsUntil: Ms = 0;
  /** Whether a count that was put off may be made now. */
  #isDue = false;
  #later: ReturnType<typeof setTimeout> | null = null;
  readonly #again: () => void;

  /** `again` is called when a count that was put off may be made. */
  constructor(again: () => void) {
    this.#again = again;
  }

  /** The counts as of now; `null` where it is too early for another. */
  async count(reader: Reader, now: Ms, zones: readonly string[]): Promise<Counts | null> {
    const begun = performance.now();
    if (begun < this.#restsUntil) {
      this.#later ??= setTimeout(() => {
        this.#later = null;
        this.#isDue = true;
        this.#again();
      }, this.#restsUntil - begun);
      return null;
    }
    this.#isDue = false;
    const [[today, ...elsewhere], totals, lastReceived] = await Promise.all([
      readTodays(reader, now, [installationTimeZone(), ...zones]),
      readTotals(reader),
      lastReceivedOf(reader),
    ]);
    if (today === undefined) throw new Error("today is always counted");
    const ended = performance.now();
    this.#restsUntil = ended + (ended - begun) * (SHARE - 1);
    return { today, elsewhere, totals, last_event_at: toWireTime(lastReceived.lastEventAt) };
  }

  get isDue(): boolean {
    return this.#isDue;
  }

  stop(): void {
    if (this.#later !== null) clearTimeout(this.#later);
  }
}

/** A count for each sight: those who see everything, and those who see the same part. */
export class Tallies {
  readonly #bySight = new Map<string, LiveTally>();
  readonly #again: () => void;

  constructor(again: () => void) {
    this.#again = again;
  }

  of(sight: Sight): LiveTally {
    const key = sightKey(sight);
    const existing = this.#bySight.get(key);
    if (existing !== undefined) return existing;
    if (this.#bySight.size >= MOST_SIGHTS) this.stop();
    const tally = new LiveTally(this.#again);
    this.#bySight.set(key, tally);
    return tally;
  }

  stop(): void {
    for (const tally of this.#bySight.values()) tally.stop();
    this.#bySight.clear();
  }
}
