import { createHash } from "node:crypto";
import type { Ms } from "#domain/time/ms.ts";
import { type Random, randomOver } from "#server/demo/simulate/plot/random.ts";

/**
 * A stream of its own for each name: draws from other streams do not change it. No two streams share a run of
 * numbers, so that the ids of millions of connections, which come from them, differ.
 */
export function streamOf(...name: (string | number)[]): Random {
  const random = randomOver(generatorOf(name.join(" ")));
  return { ...random, uuid: () => uuidOf(random) };
}

/** The generator is xoshiro128**: 128 bits of state, where 32 would soon give the same ids again. */
function generatorOf(name: string): () => number {
  const seed = createHash("sha256").update(name).digest();
  let a = seed.readInt32LE(0);
  let b = seed.readInt32LE(4);
  let c = seed.readInt32LE(8);
  let d = seed.readInt32LE(12);
  return () => {
    const product = Math.imul(b, 5);
    const drawn = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return drawn / 4_294_967_296;
  };
}

/** The form of a version 4 UUID. */
function uuidOf(random: Random): string {
  const [a, b, c, d] = [eight(random), eight(random), eight(random), eight(random)];
  const variant = "89ab".charAt(random.next() * 4);
  return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-${variant}${c.slice(1, 4)}-${c.slice(4)}${d}`;
}

function eight(random: Random): string {
  return (Math.floor(random.next() * 0x1_0000_0000) + 0x1_0000_0000).toString(16).slice(1);
}

/** From nearly nothing up, mostly about `typical`, now and then many times that. */
export function longTail(random: Random, typical: Ms): Ms {
  return Math.round(typical * Math.exp(gaussian(random) * 0.8));
}

/** About 0, mostly within 1 of it, never beyond 3. */
export function gaussian(random: Random): number {
  return (random.next() + random.next() + random.next() - 1.5) * 2;
}

export function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
