import type { Ms } from "#domain/time/ms.ts";

/** From when until when the clocks of a zone are not set, and what they are ahead of UTC. */
export interface ZoneOffsets {
  zone: string;
  from: Ms;
  until: Ms;
  offsetMs: Ms;
}

let read: { text: string; stretch: ZoneOffsets | null } = { text: "", stretch: null };

/** What the server has sent of a zone: on the page's first element, as the manner. Of any other zone nothing. */
export function sentZoneOffsets(zone: string): ZoneOffsets | null {
  if (typeof document === "undefined") return null;
  const text = document.documentElement.dataset["zone"] ?? "";
  if (text !== read.text) read = { text, stretch: text === "" ? null : JSON.parse(text) };
  return read.stretch?.zone === zone ? read.stretch : null;
}
