import type { Hindrance } from "#db/connection/failure.ts";
import type { Ms } from "#domain/time/ms.ts";

/** After the last failure: how long until a try may say that it is over. */
const FAILS_FOR_MS: Ms = 15_000;

/** How it went when deliveries were last to be kept. */
export class KeepingHealth {
  #keptAt: Ms | null = null;
  #failing: { since: Ms; last: Ms; hindrance: Hindrance } | null = null;
  #listener: () => void = () => undefined;

  /** Hears that deliveries are no longer kept, or are again. */
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

  /** Since when none is kept, and why; `null` where the last was. */
  get failing(): { since: Ms; last: Ms; hindrance: Hindrance } | null {
    return this.#failing;
  }

  /** Whether so short a time ago one was not kept that nothing but one that is kept says it is over. */
  isFailingNow(now: Ms): boolean {
    return this.#failing !== null && now - this.#failing.last < FAILS_FOR_MS;
  }
}

/*
 * The door keeps, and the route that Next bundles tells of it: two instances of every module in one process.
 */
const HOLDER = Symbol.for("rollcall.keeping");
const holder: typeof globalThis & { [HOLDER]?: KeepingHealth } = globalThis;

/** How this process's door is doing. */
export function keepingHealth(): KeepingHealth {
  holder[HOLDER] ??= new KeepingHealth();
  return holder[HOLDER];
}
