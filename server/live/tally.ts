import { performance } from "node:perf_hooks";
import { lastReceivedOf } from "#db/live/live.ts";
import type { Reader } from "#db/sql/orm.ts";
import type { LiveTotals, Today } from "#domain/live/wire.ts";
import type { Ms } from "#domain/time/ms.ts";
import { toWireTime, type WireTime } from "#domain/time/wire-time.ts";
import { installationTimeZone } from "#server/http/zone.ts";
import { readTodays, readTotals } from "./snapshot.ts";

/** Of the time, at most one part in so many is spent on counting. */
const SHARE = 10;

interface Counts {
  today: Today;
  elsewhere: Today[];
  totals: LiveTotals;
  last_event_at: WireTime | null;
}

/**
 * Counts what the pushes of the floor say of all meetings: with every push where that is quick, and else as
 * often as it may be. What could not be counted yet is counted later, so that the last word is always true.
 */
export class LiveTally {
  #restsUntil: Ms = 0;
  #later: ReturnType<typeof setTimeout> | null = null;
  readonly #again: () => void;

  /** `again` is called when what was put off may be counted. */
  constructor(again: () => void) {
    this.#again = again;
  }

  /** The counts as of now; `null` where it is too early for them. */
  async count(reader: Reader, now: Ms, zones: readonly string[]): Promise<Counts | null> {
    const begun = performance.now();
    if (begun < this.#restsUntil) {
      this.#later ??= setTimeout(() => {
        this.#later = null;
        this.#again();
      }, this.#restsUntil - begun);
      return null;
    }
    const [[today, ...elsewhere], totals, heard] = await Promise.all([
      readTodays(reader, now, [installationTimeZone(), ...zones]),
      readTotals(reader),
      lastReceivedOf(reader),
    ]);
    if (today === undefined) throw new Error("today is always counted");
    const ended = performance.now();
    this.#restsUntil = ended + (ended - begun) * (SHARE - 1);
    return { today, elsewhere, totals, last_event_at: toWireTime(heard.lastEventAt) };
  }

  stop(): void {
    if (this.#later !== null) clearTimeout(this.#later);
  }
}
