"use client";

import { useEffect } from "react";

/**
 * Says the whole of a name that is cut short, to whoever points at it. A title on each would put every name
 * of a page into it twice.
 */
export function WholeNames() {
  useEffect(() => {
    const look = ({ target }: Event) => {
      const name = target instanceof Element ? target.closest<HTMLElement>("bdi.truncate") : null;
      if (name === null) return;
      const whole = name.textContent;
      if (name.scrollWidth > name.clientWidth) name.title = whole;
      else name.removeAttribute("title");
    };
    document.addEventListener("pointerover", look, { passive: true });
    return () => document.removeEventListener("pointerover", look);
  }, []);
  return null;
}
