import type { ConnectionStatus } from "#components/sync/connection-status.ts";
import type { Ms } from "#domain/time/ms.ts";

/** A machine that slept does not tick. */
const SLEPT_MS = 10_000;
/** Once the link is back, what was missed is still on its way for so long. */
const CATCHING_UP_MS = 5_000;

/**
 * Knows until when a page heard everything as it happened: what it hears of later moments after an absence
 * is news, and corrects nothing of what it said. All times are the server's.
 */
export class Attention {
  /** Since when something may have been missed; `null` while nothing was. */
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

  /** `now` while the page is level with the server, else since when it may not have been. */
  levelUntil(now: Ms): Ms {
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
