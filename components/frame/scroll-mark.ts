/** The link that a reader followed, and how far the page and its list were scrolled (px). */
export interface ScrollMark {
  href: string;
  /** The index of the link among those to the same `href`, in the order of the page. */
  nth: number;
  top: number;
  inner: number;
}

const KEY = "rollcallPlace";

/** Stores the mark with this entry of the history, so that only coming back to the entry finds it. */
export function leaveMark(mark: ScrollMark): void {
  const { state } = window.history;
  if (typeof state !== "object" || state === null) return;
  window.history.replaceState({ ...state, [KEY]: mark }, "");
}

/** The mark in an entry's state; `null` where there is none of ours. */
export function markOf(state: unknown): ScrollMark | null {
  const mark = fieldOf(state, KEY);
  const [href, nth, top, inner] = ["href", "nth", "top", "inner"].map((key) => fieldOf(mark, key));
  if (typeof href !== "string" || typeof nth !== "number") return null;
  if (typeof top !== "number" || typeof inner !== "number") return null;
  return { href, nth, top, inner };
}

export function scrollMarkOf(link: HTMLAnchorElement): ScrollMark {
  const href = link.getAttribute("href") ?? "";
  const nth = Math.max(0, linksTo(href).indexOf(link));
  return { href, nth, top: window.scrollY, inner: scrollerOf(link)?.scrollTop ?? 0 };
}

/** The links to `href` in the page's main part. */
export function linksTo(href: string): HTMLAnchorElement[] {
  const links = document.querySelectorAll<HTMLAnchorElement>("main a[href]");
  return [...links].filter((link) => link.getAttribute("href") === href);
}

/** The element inside the page in which a link scrolls; `null` where only the page scrolls. */
export function scrollerOf(link: HTMLElement): HTMLElement | null {
  for (let box = link.parentElement; box !== null; box = box.parentElement) {
    if (box.tagName === "MAIN") return null;
    const { overflowY } = getComputedStyle(box);
    if (/auto|scroll/.test(overflowY) && box.scrollHeight > box.clientHeight) return box;
  }
  return null;
}

function fieldOf(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.entries(value).find(([name]) => name === key)?.[1];
}
