import type { Ms } from "#domain/time/ms.ts";

const TICK_MS = 1000;
/** A word of the server that differs by more than this means that a clock was set. */
const CLOCK_WAS_SET_MS = 30_000;

/**
 * The server's clock as this machine can tell it, and one tick for everything that runs, as each of its
 * seconds begins. Between ticks `now` stands still, so that everything on the screen agrees.
 */
export class ServerClock {
  #offset: Ms | null = null;
  #now: Ms;
  #timer: ReturnType<typeof setTimeout> | null = null;
  readonly #listeners = new Set<() => void>();
  readonly #machineNow: () => Ms;

  constructor(asOf: Ms, machineNow: () => Ms = Date.now) {
    this.#now = asOf;
    this.#machineNow = machineNow;
  }

  /**
   * Learns from a time the server stamped on something that has just arrived. Travel only makes the
   * stamp look older, so the greatest difference seen is the closest.
   */
  hear(asOf: Ms): void {
    const offset = asOf - this.#machineNow();
    const known = this.#offset;
    if (known === null || offset > known || known - offset > CLOCK_WAS_SET_MS)
      this.#offset = offset;
  }

  /** Epoch ms on the server's clock, at the last tick. */
  now = (): Ms => this.#now;

  /** Epoch ms on the server's clock, this very moment. */
  exactly(): Ms {
    return this.#machineNow() + (this.#offset ?? 0);
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    if (this.#timer === null) this.#tickSoon();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0 || this.#timer === null) return;
      clearTimeout(this.#timer);
      this.#timer = null;
    };
  };

  #tickSoon(): void {
    this.#timer = setTimeout(this.#tick, TICK_MS - (this.exactly() % TICK_MS));
  }

  #tick = (): void => {
    this.#now = this.exactly();
    this.#tickSoon();
    for (const listener of this.#listeners) listener();
  };
}
