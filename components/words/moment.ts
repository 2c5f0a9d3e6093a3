import type { Ms } from "#domain/time/ms.ts";
import { fromWireTime, type WireTime } from "#domain/time/wire-time.ts";
import type { ClockFormat } from "./clock-format.ts";

/** `Wed 31 Mar 2027, 10:02` */
export function momentAt(at: Ms, clockFormat: ClockFormat): string {
  return `${clockFormat.calendarDay(at)}, ${clockFormat.bare.minute(at)}`;
}

/** The same of a time as it is answered. */
export function momentOf(wire: WireTime, clockFormat: ClockFormat): string {
  return momentAt(fromWireTime(wire), clockFormat);
}
