import { useSyncExternalStore } from "react";

/** When this browser sounds: never, while an alert rings, or also while somebody waits. */
export const SOUNDS = ["off", "alerts", "waiting"] as const;
export type Sound = (typeof SOUNDS)[number];

/** Where this browser stores it: a desk's loudspeaker is a browser's, not a member's. */
const KEY = "rollcall-sound";

const listeners = new Set<() => void>();
/** Where the browser stores nothing for us, it lasts as long as the page. */
let unstored: Sound = "off";

export function setSound(sound: Sound): void {
  unstored = sound;
  try {
    localStorage.setItem(KEY, sound);
  } catch {
    // It lasts as long as the page.
  }
  for (const listener of listeners) listener();
}

export function useSound(): Sound {
  return useSyncExternalStore(subscribe, readSound, () => "off");
}

function readSound(): Sound {
  try {
    const stored = localStorage.getItem(KEY);
    return SOUNDS.find((one) => one === stored) ?? unstored;
  } catch {
    return unstored;
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}
