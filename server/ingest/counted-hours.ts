import type { RefusalHour } from "#db/sources/refusal-hours.ts";
import type { RefusedReason } from "#domain/live/recording.ts";
import type { Ms } from "#domain/time/ms.ts";

const HOUR_MS: Ms = 3_600_000;

/**
 * How many webhooks this process refused in each hour, of each source and for each reason, until that is stored. One
 * number for each, however many there were; of what was refused nothing is held but who sent the last one.
 */
export class CountedHours {
  #counted = new Map<string, RefusalHour>();

  count(sourceId: string | null, reason: RefusedReason, at: Ms, address: string | null): void {
    const hour = Math.floor(at / HOUR_MS) * HOUR_MS;
    this.#add({ sourceId, reason, hour, count: 1, lastAt: at, lastAddress: address });
  }

  get isWaiting(): boolean {
    return this.#counted.size > 0;
  }

  /** Hands over what is to be stored; `stayed` takes it back. */
  leave(): RefusalHour[] {
    const leaving = [...this.#counted.values()];
    this.#counted = new Map();
    return leaving;
  }

  /** Takes back what was handed over: it could not be stored. */
  stayed(left: readonly RefusalHour[]): void {
    for (const one of left) this.#add(one);
  }

  #add(added: RefusalHour): void {
    const key = `${added.sourceId} ${added.reason} ${added.hour}`;
    const before = this.#counted.get(key);
    if (before === undefined) {
      this.#counted.set(key, added);
      return;
    }
    const later = before.lastAt > added.lastAt ? before : added;
    const { lastAt, lastAddress } = later;
    this.#counted.set(key, { ...added, count: before.count + added.count, lastAt, lastAddress });
  }
}
