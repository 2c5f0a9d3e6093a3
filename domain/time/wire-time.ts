import type { Ms } from "./ms.ts";
import { formatUtc, parseUtc } from "./time.ts";

/** An RFC 3339 time in UTC with milliseconds, such as `2026-11-20T10:02:11.000Z`. */
export type WireTime = string;

export function toWireTime(at: Ms): WireTime;

export function toWireTime(at: Ms | null): WireTime | null;

export function toWireTime(at: Ms | null): WireTime | null {
  return at === null ? null : formatUtc(at);
}

/** Throws on anything that is not a time: wire times come from our own server. */
export function fromWireTime(time: WireTime): Ms {
  const at = parseUtc(time);
  if (at === null) throw new TypeError(`not a wire time: ${time}`);
  return at;
}
