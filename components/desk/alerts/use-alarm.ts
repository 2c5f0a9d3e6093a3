import { useEffect, useState } from "react";
import { Alarm, type Call } from "./alarm.ts";
import type { Sound } from "./sound.ts";

/** Sounds as long as somebody is called. Returns whether the browser waits for a click before it plays anything. */
export function useAlarm(sound: Sound, call: Call | null): boolean {
  const [alarm, setAlarm] = useState<Alarm | null>(null);
  const [isSilenced, setSilenced] = useState(false);
  const isOn = sound !== "off";
  useEffect(() => {
    if (!isOn) return undefined;
    const opened = new Alarm();
    setAlarm(opened);
    setSilenced(opened.isSilenced);
    const wake = () => {
      void opened.wake().then(() => setSilenced(false));
    };
    wake();
    const events = ["pointerdown", "keydown"] as const;
    for (const event of events) window.addEventListener(event, wake);
    return () => {
      for (const event of events) window.removeEventListener(event, wake);
      setAlarm(null);
      setSilenced(false);
      void opened.close();
    };
  }, [isOn]);
  useEffect(() => alarm?.call(call), [alarm, call]);
  return isSilenced;
}

/** How somebody is called now. */
export function callOf(
  sound: Sound,
  { rings, isUrgent, waiting }: { rings: boolean; isUrgent: boolean; waiting: number },
): Call | null {
  if (sound === "off") return null;
  if (isUrgent) return "urgent";
  if (rings) return "alert";
  return sound === "waiting" && waiting > 0 ? "waiting" : null;
}
