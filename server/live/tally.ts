import { performance } from "node:perf_hooks";
import { lastReceivedOf } from "#db/live/live.ts";
import type { Reader } from "#db/sql/orm.ts";
import type { LiveTotals, Today } from "#domain/live/wire.ts";
import type { Ms } from "#domain/time/ms.ts";
import { toWireTime, type WireTime } from "#domain/time/wire-time.ts";
import { installationTimeZone } from "#server/http/zone.ts";
import { readTodays, readTotals } from "./snapshot.ts";

/** At most one part in so many of the time is spent on counting. */
const SHARE = 10;

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
export class LiveTally {
  #restsUntil: Ms = 0;
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
        this.#again();
      }, this.#restsUntil - begun);
      return null;
    }
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

  stop(): void {
    if (this.#later !== null) clearTimeout(this.#later);
  }
}
