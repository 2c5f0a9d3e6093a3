"use client";

import { useEffect } from "react";

/**
 * Shows the whole of a name that is cut short when a pointer is on it. A title on each would put every name into the
 * page twice.
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
