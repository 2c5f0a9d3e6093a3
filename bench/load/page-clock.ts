/*
 * Runs in the browser: notes when each name of the benchmark was first in the page. Wall-clock epoch ms, like
 * `wallClock` in this process, so that both can be compared on one machine.
 */

export const SEEN = "benchSeen";

/** To be injected before the page's own scripts. Stores `name → [in the document, painted]` under `key`. */
export function watchNames(key: string): void {
  const seen: Record<string, [number, number | null]> = {};
  Object.assign(globalThis, { [key]: seen });
  const now = () => performance.timeOrigin + performance.now();
  const look = (text: string | null) => {
    for (const name of text?.match(/Pixel \d+-\d+ Ray/g) ?? []) {
      if (seen[name]) continue;
      const found: [number, number | null] = [now(), null];
      seen[name] = found;
      // A frame is painted after its callbacks; a message posted there arrives after the paint.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          found[1] = now();
          port1.close();
        };
        port2.postMessage(null);
      });
    }
  };
  new MutationObserver((changes) => {
    for (const { target, addedNodes, type } of changes) {
      if (type === "characterData") look(target.textContent);
      for (const node of addedNodes) look(node.textContent);
    }
  }).observe(document, { childList: true, characterData: true, subtree: true });
}

export function wallClock(): number {
  return performance.timeOrigin + performance.now();
}
