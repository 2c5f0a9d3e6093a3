/*
 * Runs in the browser: gives a page a push as from the server, and measures when the page shows it. Each function
 * is self-contained, because it is sent as text.
 */

/** To be injected before the page's own scripts. Stores the page's sockets under `key`. */
export function keepSockets(key: string): void {
  const sockets: WebSocket[] = [];
  Object.assign(globalThis, {
    [key]: sockets,
    WebSocket: class extends WebSocket {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols);
        sockets.push(this);
      }
    },
  });
}

export interface Pushed {
  key: string;
  /** The message as the page's socket receives it; the window, where it has no socket. */
  text: string;
  /** The number of people present that the page shows after the push. */
  present: number;
  withinMs: number;
}

/** Milliseconds from the push until the document shows the number present; `null` if it never does. */
export function timePush({ key, text, present, withinMs }: Pushed): Promise<number | null> {
  const number = document.querySelector("dl > div dd");
  const isShown = () => number?.textContent.replace(/\D/g, "") === String(present);
  const target: EventTarget = Reflect.get(globalThis, key).at(-1) ?? window;
  return new Promise((resolve) => {
    if (number === null || isShown()) return resolve(null);
    const timer = setTimeout(() => settle(null), withinMs);
    const observer = new MutationObserver(() => {
      if (isShown()) settle(performance.now() - begin);
    });
    const settle = (ms: number | null) => {
      clearTimeout(timer);
      observer.disconnect();
      // Waits for the paint, and for work that follows it.
      requestAnimationFrame(() => setTimeout(() => resolve(ms), 20));
    };
    observer.observe(document.body, { childList: true, characterData: true, subtree: true });
    const begin = performance.now();
    target.dispatchEvent(new MessageEvent("message", { data: text }));
  });
}

export interface Opened {
  /** Milliseconds since the page was requested. */
  drawnMs: number;
  liveMs: number;
}

/** To be injected before the page's own scripts. Notes under `key` when lanes are drawn, and when it is live. */
export function watchOpening(key: string): void {
  const noted: Partial<Opened> = {};
  Object.assign(globalThis, { [key]: noted });
  new MutationObserver(() => {
    const lane = document.querySelector("[role=option], main li");
    const badge = document.querySelector("header [role=status]");
    if (lane !== null) noted.drawnMs ??= performance.now();
    if (badge?.textContent.includes("Live")) noted.liveMs ??= performance.now();
  }).observe(document, { childList: true, characterData: true, subtree: true });
}
