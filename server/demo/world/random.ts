import { createHash } from "node:crypto";
import type { Ms } from "#domain/time/ms.ts";

/** A list with at least one member, so that there is always something to pick. */
export type Some<T> = readonly [T, ...T[]];

/** A stream of numbers that depends on its name only. */
export interface Random {
  /** From 0 up to, not including, 1. */
  next(): number;
  /** A whole number, both bounds included where whole; `from` where `to` is smaller. */
  int(from: number, to: number): number;
  chance(probability: number): boolean;
  pick<T>(list: Some<T>): T;
  shuffled<T>(list: readonly T[]): T[];
  /** Letters and digits. */
  token(length: number): string;
  /** The form of a version 4 UUID. */
  uuid(): string;
}

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/**
 * A stream of its own for each name, the same on every machine: draws from other streams do not change it. No two
 * streams share a run of numbers, so that the ids of millions of connections, which come from them, differ.
 */
export function streamOf(...name: (string | number)[]): Random {
  const next = generatorOf(name.join(" "));
  const int = (from: number, to: number) => {
    const low = Math.ceil(from);
    return low + Math.floor(next() * Math.max(1, Math.floor(to) - low + 1));
  };
  const eight = () => (Math.floor(next() * 0x1_0000_0000) + 0x1_0000_0000).toString(16).slice(1);
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick: (list) => list[int(0, list.length - 1)] ?? list[0],
    shuffled: (list) =>
      list
        .map((item) => ({ item, order: next() }))
        .toSorted((a, b) => a.order - b.order)
        .map(({ item }) => item),
    token: (length) =>
      Array.from({ length }, () => LETTERS.charAt(int(0, LETTERS.length - 1))).join(""),
    uuid: () => {
      const [a, b, c, d] = [eight(), eight(), eight(), eight()];
      const variant = "89ab".charAt(next() * 4);
      return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-${variant}${c.slice(1, 4)}-${c.slice(4)}${d}`;
    },
  };
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
