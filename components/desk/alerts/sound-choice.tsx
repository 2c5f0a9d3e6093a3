"use client";

import { Switch } from "#components/ui/switch.tsx";
import { SOUNDS, type Sound, setSound, useSound } from "./sound.ts";

const WORDS: Readonly<Record<Sound, readonly [face: string, title: string]>> = {
  off: ["Off", "No sound in this browser"],
  alerts: ["For alerts", "Sounds until an alert is acknowledged or over"],
  waiting: ["While somebody waits", "Sounds for alerts, and as long as somebody waits"],
};

/** When this browser sounds. It is off until somebody chooses, because browsers ask for a click. */
export function SoundChoice() {
  const sound = useSound();
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <span className="text-ink-2 text-note">Sound</span>
      <Switch
        label="Sound in this browser"
        value={sound}
        choices={SOUNDS.map((value) => ({
          value,
          face: WORDS[value][0],
          title: WORDS[value][1],
        }))}
        onChange={setSound}
        className="rounded-md px-2 py-0.5 text-ink-2 text-note"
      />
    </div>
  );
}
