import type { ConnectionStatusStore } from "./connection-status.ts";

/** What waits until the server is back: a click that was held back, and how many readings of pages. */
export interface PendingClicks {
  click: PendingClick | null;
  reads: number;
}

/** Somewhere to go, as somebody asked for it. */
export interface PendingClick {
  /** What it is called where it was clicked. */
  words: string;
  go: () => void;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 4_000;
/** What proxies, and our own gate, say while nobody behind them answers. */
const NOBODY_THERE = new Set([502, 503, 504]);

/** Holds back what would end in the browser's own error page, and lets it go on by itself. */
export class PendingNavigation {
  #waiting: PendingClicks = { click: null, reads: 0 };
  readonly #link: ConnectionStatusStore;
  readonly #listeners = new Set<() => void>();

  constructor(link: ConnectionStatusStore) {
    this.#link = link;
  }

  get = (): PendingClicks => this.#waiting;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Only the last click counts, as in any browser. */
  holdClick(click: PendingClick | null): void {
    this.#set({ ...this.#waiting, click });
  }

  letGo(): void {
    const { click } = this.#waiting;
    if (click === null) return;
    this.holdClick(null);
    click.go();
  }

  /**
   * The browser's own way of asking, but where the page framework reads a screen that somebody goes to: that is
   * asked again until it is answered. Given up, it would go there as a link of the last century does, and what
   * is seen would give way to nothing.
   */
  holding(ask: typeof fetch): typeof fetch {
    return async (input, init) => {
      if (!isReadingOfScreen(init)) return ask(input, init);
      for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
        const answer = await answerOf(ask, input, init);
        if (answer !== null) return answer;
        await this.#while(() => this.#untilBack(pauseMs, init?.signal ?? null));
      }
    };
  }

  async #while(wait: () => Promise<void>): Promise<void> {
    this.#set({ ...this.#waiting, reads: this.#waiting.reads + 1 });
    try {
      await wait();
    } finally {
      this.#set({ ...this.#waiting, reads: this.#waiting.reads - 1 });
    }
  }

  /** So long, or until the socket is back. */
  #untilBack(ms: number, signal: AbortSignal | null): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        stop();
        resolve();
      };
      const timer = setTimeout(done, ms);
      const stop = this.#link.subscribe(() => {
        if (this.#link.get().state === "live") done();
      });
      signal?.addEventListener("abort", done, { once: true });
    });
  }

  #set(next: PendingClicks): void {
    this.#waiting = next;
    for (const listener of this.#listeners) listener();
  }
}

/** What is read before anybody goes there may fail. */
function isReadingOfScreen(init: RequestInit | undefined): boolean {
  const headers = new Headers(init?.headers);
  const isPrefetch =
    headers.has("next-router-prefetch") || headers.has("next-router-segment-prefetch");
  return headers.get("rsc") === "1" && !isPrefetch;
}

/** `null` where nobody answered. */
async function answerOf(
  ask: typeof fetch,
  ...[input, init]: Parameters<typeof fetch>
): Promise<Response | null> {
  try {
    const answer = await ask(input, init);
    const isScreen = answer.headers.get("content-type")?.startsWith("text/x-component") === true;
    return NOBODY_THERE.has(answer.status) && !isScreen ? null : answer;
  } catch (error) {
    if (init?.signal?.aborted === true || !(error instanceof TypeError)) throw error;
    return null;
  }
}
