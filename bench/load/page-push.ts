/*
 * Runs in the browser: hands a page what a server would push, and tells when the page shows it. Everything
 * that a function needs is in it, because it travels as text.
 */

/** To be injected before the page's own scripts. Keeps the page's sockets under `key`. */
export function keepSockets(key: string): void {
  const kept: WebSocket[] = [];
  Object.assign(globalThis, {
    [key]: kept,
    WebSocket: class extends WebSocket {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols);
        kept.push(this);
      }
    },
  });
}

export interface Pushed {
  key: string;
  /** As it comes out of the page's socket; of the window, where it has none. */
  text: string;
  /** How many there are when it is shown. */
  present: number;
  withinMs: number;
}

/** Milliseconds from when the push arrives until the document says how many are there; `null` if it never does. */
export function hearPush({ key, text, present, withinMs }: Pushed): Promise<number | null> {
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
      // Until it is painted, and what is to be done after that is done.
      requestAnimationFrame(() => setTimeout(() => resolve(ms), 20));
    };
    observer.observe(document.body, { childList: true, characterData: true, subtree: true });
    const begin = performance.now();
    target.dispatchEvent(new MessageEvent("message", { data: text }));
  });
}

export interface Opened {
  /** Milliseconds since the page was asked for. */
  drawnMs: number;
  liveMs: number;
}

/** To be injected before the page's own scripts. Notes under `key` when lanes stand there, and when it is live. */
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
