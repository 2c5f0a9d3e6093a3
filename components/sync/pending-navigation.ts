import type { ConnectionStatusStore } from "./connection-status.ts";

/** What waits until the server is back: the last click, and the number of page reads. */
export interface PendingClicks {
  click: PendingClick | null;
  reads: number;
}

/** A navigation that the reader asked for. */
export interface PendingClick {
  /** The link's own text. */
  words: string;
  go: () => void;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 4_000;
/** The answers of proxies, and of our own gate, while no process behind them answers. */
const UNREACHABLE_STATUSES = new Set([502, 503, 504]);

/** Delays navigations that would end in the browser's own error page, and continues them when the server is back. */
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
   * Wraps `fetch`: a screen that the page framework reads for a navigation is asked for again until it is answered.
   * If that read failed, the framework would load the whole page, and the reader would lose the screen to an error
   * page. Everything else is passed on unchanged.
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

  /** Resolves after `ms`, as soon as the socket is back, or when the caller aborts. */
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

/** A prefetch is no navigation: it may fail. */
function isReadingOfScreen(init: RequestInit | undefined): boolean {
  const headers = new Headers(init?.headers);
  const isPrefetch =
    headers.has("next-router-prefetch") || headers.has("next-router-segment-prefetch");
  return headers.get("rsc") === "1" && !isPrefetch;
}

/** `null` where no server answered. */
async function answerOf(
  ask: typeof fetch,
  ...[input, init]: Parameters<typeof fetch>
): Promise<Response | null> {
  try {
    const answer = await ask(input, init);
    const isScreen = answer.headers.get("content-type")?.startsWith("text/x-component") === true;
    return UNREACHABLE_STATUSES.has(answer.status) && !isScreen ? null : answer;
  } catch (error) {
    if (init?.signal?.aborted === true || !(error instanceof TypeError)) throw error;
    return null;
  }
}
