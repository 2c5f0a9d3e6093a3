import { createKey } from "#db/access/keys.ts";
import { type Sight, WHOLE_SIGHT } from "#domain/access/sight.ts";
import type { Triple } from "./asking.ts";
import { hiddenWords, type SightWorld } from "./world.ts";

/** A key of somebody with a sight, and the words of the world that they must never be told. */
export interface SightKey {
  sight: Sight;
  key: string;
  hidden: string[];
}

/** Sights of all kinds: by sources, by patterns, both, neither, nothing at all, and each with initials too. */
function sightsOf({ rooms }: SightWorld): Sight[] {
  const [one = "", other = "", third = ""] = [...new Set(rooms.map(({ sourceId }) => sourceId))];
  const limits: Omit<Sight, "masked">[] = [
    WHOLE_SIGHT,
    { sources: [one], rooms: null },
    { sources: [other, third], rooms: null },
    { sources: null, rooms: ["alg-*", "Geometry*"] },
    { sources: null, rooms: [rooms[0]?.key ?? ""] },
    { sources: [one, third], rooms: ["*Wuxemo*", "*geo-*"] },
    { sources: null, rooms: ["nothing"] },
  ];
  return limits.flatMap((limit) => [
    { ...limit, masked: false },
    { ...limit, masked: true },
  ]);
}

export async function keysOf(world: SightWorld): Promise<SightKey[]> {
  const { orm } = world.client.app.database;
  const keys: SightKey[] = [];
  for (const sight of sightsOf(world)) {
    const { key } = await createKey(orm, "part", { sight });
    keys.push({ sight, key, hidden: hiddenWords(world, sight) });
  }
  return keys;
}

/** The request of a triple. */
export function requestOf({ operation, address, body }: Triple, key: string): Request {
  const url = new URL(address, "http://localhost:3000");
  const headers = {
    host: url.host,
    authorization: `Bearer ${key}`,
    "content-type": operation.path.endsWith("/rosters/read") ? "text/plain" : "application/json",
  };
  return new Request(url, {
    method: operation.method,
    headers,
    ...(body !== null && { body }),
  });
}

export function at<T>(all: readonly T[], index: number): T {
  const one = all[index % all.length];
  if (one === undefined) throw new Error("nothing to pick from");
  return one;
}

/** Picks anything, the same for the same seed. */
export function pickerOf(seed: number): <T>(from: readonly T[]) => T {
  let state = seed;
  return (from) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return at(from, state >>> 8);
  };
}

/** Throws where a text has a word that is hidden, and was not in the question. */
export function hidesAll(
  text: string,
  hidden: readonly string[],
  question: string,
  told: string,
): void {
  const asked = new Set(wordsIn(question));
  const small = text.toLowerCase();
  for (const word of hidden) {
    const place = small.indexOf(word);
    if (place < 0 || asked.has(word)) continue;
    const around = small.slice(Math.max(0, place - 200), place + 100);
    throw new Error(`${word} in …${around}… of ${told}`);
  }
}

function wordsIn(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}@._-]+/u)
    .flatMap((word) => [word, ...word.split(/[-@]/)]);
}
