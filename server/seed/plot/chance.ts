import type { Ms } from "#domain/event.ts";
import { type Random, randomFrom } from "#server/simulate/plot/random.ts";

/** A stream for a story of its own: what is drawn elsewhere changes nothing in it. */
export function streamOf(...name: (string | number)[]): Random {
  const random = randomFrom(name.join(" "));
  return { ...random, uuid: () => uuidOf(random, "4") };
}

/** The form of a version 7 UUID: in the order of their moments, so that what is near in time is near on the disk. */
export function uuidAt(at: Ms, random: Random): string {
  const time = at.toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-${uuidOf(random, "7").slice(14)}`;
}

function uuidOf(random: Random, version: string): string {
  const [a, b, c, d] = [eight(random), eight(random), eight(random), eight(random)];
  const variant = "89ab".charAt(random.next() * 4);
  return `${a}-${b.slice(0, 4)}-${version}${b.slice(5)}-${variant}${c.slice(1, 4)}-${c.slice(4)}${d}`;
}

function eight(random: Random): string {
  return (Math.floor(random.next() * 0x1_0000_0000) + 0x1_0000_0000).toString(16).slice(1);
}

/** From nearly nothing up, mostly about `typical`, now and then many times that. */
export function longTail(random: Random, typical: Ms): Ms {
  return Math.round(typical * Math.exp(bell(random) * 0.8));
}

/** About 0, mostly within 1 of it, never beyond 3. */
export function bell(random: Random): number {
  return (random.next() + random.next() + random.next() - 1.5) * 2;
}

export function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
