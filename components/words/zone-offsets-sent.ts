import type { Ms } from "#domain/time/ms.ts";

/** An interval (epoch ms) in which the clocks of a zone are not set, and their offset from UTC in ms. */
export interface ZoneOffsets {
  zone: string;
  from: Ms;
  until: Ms;
  offsetMs: Ms;
}

let read: { text: string; offsets: ZoneOffsets | null } = { text: "", offsets: null };

/** The offsets that the server sent on the page's first element; `null` for any other zone, and on the server. */
export function sentZoneOffsets(zone: string): ZoneOffsets | null {
  if (typeof document === "undefined") return null;
  const text = document.documentElement.dataset["zone"] ?? "";
  if (text !== read.text) read = { text, offsets: text === "" ? null : JSON.parse(text) };
  return read.offsets?.zone === zone ? read.offsets : null;
}
