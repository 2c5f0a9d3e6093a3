"use client";

import { usePathname } from "next/navigation";
import { useEffect } from "react";
import { keepFocus } from "./kept-focus.ts";
import { leaveMark, linksTo, markOf, pagePathOf, type ScrollMark, scrollerOf } from "./place.ts";

/** So many drawings a list may need until the row is there again. */
const MOST_FRAMES = 300;

/**
 * Whoever comes back stands where they left: the same row in sight, in the same place, with the focus. And
 * nobody loses it on the way.
 */
export function SamePlace() {
  const pathname = usePathname();

  useEffect(() => keepFocus(() => document.getElementById("main")), []);

  useEffect(() => {
    const onClick = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest("main a[href]") : null;
      if (link instanceof HTMLAnchorElement && !event.defaultPrevented) leaveMark(pagePathOf(link));
    };
    // Before the link is followed: the mark belongs to the entry that is being left.
    document.addEventListener("click", onClick, { capture: true });
    return () => document.removeEventListener("click", onClick, { capture: true });
  }, []);

  useEffect(() => {
    let leave = comeBack();
    const onPopState = () => {
      // Another page comes with another path, and is waited for by this effect.
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

/** Waits for the row to be drawn, and stops where somebody has moved on by themselves. */
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
