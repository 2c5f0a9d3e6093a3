import type { Hindrance } from "#db/connection/failure.ts";
import type { Ms } from "#domain/time/ms.ts";

/** How long after the last failure until a mere try may show that it is over. */
const FAILS_FOR_MS: Ms = 15_000;

/** Whether deliveries could be kept lately. */
export class KeepingHealth {
  #keptAt: Ms | null = null;
  #failing: { since: Ms; last: Ms; hindrance: Hindrance } | null = null;
  #listener: () => void = () => undefined;

  /** Calls the listener when deliveries are no longer kept, and when they are again. */
  listen(listener: () => void): void {
    this.#listener = listener;
  }

  kept(at: Ms): void {
    this.#keptAt = at;
    if (this.#failing === null) return;
    this.#failing = null;
    this.#listener();
  }

  failed(at: Ms, hindrance: Hindrance): void {
    const isFirst = this.#failing?.hindrance !== hindrance;
    this.#failing = { since: this.#failing?.since ?? at, last: at, hindrance };
    if (isFirst) this.#listener();
  }

  /** When deliveries were last kept. */
  get keptAt(): Ms | null {
    return this.#keptAt;
  }

  /** Since when no delivery is kept, and why; `null` where the last one was kept. */
  get failing(): { since: Ms; last: Ms; hindrance: Hindrance } | null {
    return this.#failing;
  }

  /** Whether the last failure is so recent that only a delivery that is kept shows that it is over. */
  isFailingNow(now: Ms): boolean {
    return this.#failing !== null && now - this.#failing.last < FAILS_FOR_MS;
  }
}

/*
 * The door keeps deliveries, and the route that Next bundles reports it: there are two instances of every module in
 * one process.
 */
const HOLDER = Symbol.for("rollcall.keeping");
const holder: typeof globalThis & { [HOLDER]?: KeepingHealth } = globalThis;

/** Whether the door of this process could keep deliveries lately. */
export function keepingHealth(): KeepingHealth {
  holder[HOLDER] ??= new KeepingHealth();
  return holder[HOLDER];
}
