import { useSyncExternalStore } from "react";
import { StoredText } from "#components/viewer/stored-text.ts";

/** When this browser sounds: never, while an alert rings, or also while somebody waits. */
export const SOUNDS = ["off", "alerts", "waiting"] as const;
export type Sound = (typeof SOUNDS)[number];

/** Where this browser stores it: a desk's loudspeaker is a browser's, not a member's. */
const stored = new StoredText("rollcall-sound");

export function setSound(sound: Sound): void {
  stored.set(sound);
}

export function useSound(): Sound {
  return useSyncExternalStore(stored.subscribe, readSound, () => "off");
}

function readSound(): Sound {
  const text = stored.get();
  return SOUNDS.find((one) => one === text) ?? "off";
}
