/** A list with at least one member, so that there is always something to pick. */
export type Some<T> = readonly [T, ...T[]];

/** A stream of numbers that depends on its seed only. */
export interface Random {
  /** From 0 up to, not including, 1. */
  next(): number;
  /** A whole number, both bounds included where whole; `from` where `to` is smaller. */
  int(from: number, to: number): number;
  chance(probability: number): boolean;
  pick<T>(list: Some<T>): T;
  shuffled<T>(list: readonly T[]): T[];
  hex(length: number): string;
  /** Letters and digits, as in the ids of Attendee. */
  token(length: number): string;
  /** The form of a version 4 UUID. */
  uuid(): string;
}

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const HEX = "0123456789abcdef";

/** The same seed gives the same stream, on every machine. The generator is mulberry32. */
export function randomFrom(seed: string): Random {
  let state = hashed(seed);
  return randomOver(() => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  });
}

/** A stream over any generator of numbers from 0 up to, not including, 1. */
export function randomOver(next: () => number): Random {
  const int = (from: number, to: number) => {
    const low = Math.ceil(from);
    return low + Math.floor(next() * Math.max(1, Math.floor(to) - low + 1));
  };
  const text = (alphabet: string, length: number) =>
    Array.from({ length }, () => alphabet.charAt(int(0, alphabet.length - 1))).join("");
  const hex = (length: number) => text(HEX, length);
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
    hex,
    token: (length) => text(LETTERS, length),
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${"89ab".charAt(int(0, 3))}${hex(3)}-${hex(12)}`,
  };
}

/** FNV-1a, so that neighbouring seeds begin far apart. */
function hashed(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return hash | 0;
}
