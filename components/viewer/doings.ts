import { useEffect, useState } from "react";

/** What somebody does who is at the screen. */
const DOINGS = ["pointermove", "pointerdown", "keydown", "wheel", "touchstart", "focus"] as const;

/** Calls `act` whenever somebody does anything on the page. Returns a function that ends that. */
export function whenAnythingIsDone(act: () => void): () => void {
  for (const one of DOINGS) window.addEventListener(one, act, { passive: true });
  return () => {
    for (const one of DOINGS) window.removeEventListener(one, act);
  };
}

/** Whether somebody has done anything since this was shown: what only they need is not loaded for a screen alone. */
export function useIsSomebodyHere(): boolean {
  const [isHere, setHere] = useState(false);
  useEffect(() => whenAnythingIsDone(() => setHere(true)), []);
  return isHere;
}
