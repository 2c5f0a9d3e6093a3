"use client";

import { usePathname } from "next/navigation";
import { useEffect } from "react";
import { keepFocus } from "./kept-focus.ts";
import {
  leaveMark,
  linksTo,
  markOf,
  type ScrollMark,
  scrollerOf,
  scrollMarkOf,
} from "./scroll-mark.ts";

/** The most animation frames that a list may need until the row is rendered again. */
const MOST_FRAMES = 300;

/**
 * A reader who comes back to a page finds it as they left it: scrolled to the same row, which has the focus. It also
 * keeps the focus when the focused element goes (`keepFocus`).
 */
export function ScrollRestoration() {
  const pathname = usePathname();

  useEffect(() => keepFocus(() => document.getElementById("main")), []);

  useEffect(() => {
    const onClick = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest("main a[href]") : null;
      if (link instanceof HTMLAnchorElement && !event.defaultPrevented)
        leaveMark(scrollMarkOf(link));
    };
    // In the capture phase, before the link is followed: the mark belongs to the entry that is being left.
    document.addEventListener("click", onClick, { capture: true });
    return () => document.removeEventListener("click", onClick, { capture: true });
  }, []);

  useEffect(() => {
    let leave = comeBack();
    const onPopState = () => {
      // Another page has another path, and this effect runs again for it.
      if (window.location.pathname !== pathname) return;
      leave();
      leave = comeBack();
    };
    window.addEventListener("popstate", onPopState);
    return () => {
      window.removeEventListener("popstate", onPopState);
      leave();
    };
  }, [pathname]);
  return null;
}

function comeBack(): () => void {
  const mark = markOf(window.history.state);
  return mark === null ? () => {} : comeBackTo(mark);
}

/** Waits for the row to be rendered, and stops where the reader has scrolled, pressed or typed. */
function comeBackTo(mark: ScrollMark): () => void {
  const moved = new AbortController();
  for (const kind of ["wheel", "pointerdown", "keydown", "touchstart"]) {
    window.addEventListener(kind, () => moved.abort(), { once: true, signal: moved.signal });
  }
  let frames = 0;
  const look = () => {
    if (moved.signal.aborted) return;
    window.scrollTo({ top: mark.top });
    const link = linksTo(mark.href)[mark.nth];
    if (link !== undefined) {
      const scroller = scrollerOf(link);
      if (scroller !== null) scroller.scrollTop = mark.inner;
      link.focus({ preventScroll: true });
    }
    frames += 1;
    if (frames >= MOST_FRAMES || (link !== undefined && isThere(mark))) return moved.abort();
    requestAnimationFrame(look);
  };
  const frame = requestAnimationFrame(look);
  return () => {
    cancelAnimationFrame(frame);
    moved.abort();
  };
}

function isThere({ top }: ScrollMark): boolean {
  return Math.abs(window.scrollY - top) < 2;
}
