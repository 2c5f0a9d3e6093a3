import type { ConnectionStatus } from "#components/sync/connection-status.ts";
import type { Ms } from "#domain/time/ms.ts";

/** A longer pause between two ticks means that the machine slept. */
const SLEPT_MS = 10_000;
/** After a reconnect, missed events may still arrive for this long. */
const CATCHING_UP_MS = 5_000;

/**
 * Knows up to when a page received everything as it happened. What arrives after an absence about later moments is
 * new, and no revision of what the page showed. All times are epoch ms on the server's clock.
 */
export class Attention {
  /** Since when events may have been missed; `null` while none were. */
  #lostAt: Ms | null;
  #liveSince: Ms | null = null;
  #tickedAt: Ms;

  constructor(openedAt: Ms) {
    this.#lostAt = openedAt;
    this.#tickedAt = openedAt;
  }

  link(state: ConnectionStatus["state"], now: Ms): void {
    if (state === "live") {
      this.#liveSince ??= now;
    } else {
      this.#lose(now);
      this.#liveSince = null;
    }
  }

  /** To be called every second. */
  tick(now: Ms): void {
    if (now - this.#tickedAt > SLEPT_MS) {
      this.#lose(this.#tickedAt);
      if (this.#liveSince !== null) this.#liveSince = now;
    }
    this.#tickedAt = now;
  }

  /** `now` while the page is up to date with the server, else the moment since which it may not be. */
  upToDateUntil(now: Ms): Ms {
    this.tick(now);
    this.#settle(now);
    return this.#lostAt ?? now;
  }

  #lose(at: Ms): void {
    this.#settle(at);
    this.#lostAt ??= at;
  }

  #settle(now: Ms): void {
    if (this.#liveSince !== null && now - this.#liveSince >= CATCHING_UP_MS) this.#lostAt = null;
  }
}
