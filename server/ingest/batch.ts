import type { Ms } from "#domain/time/ms.ts";
import { Pause } from "#server/runtime/pause.ts";

/** The queue is full: the caller may try again in a moment. */
export class Overloaded extends Error {
  override name = "Overloaded";
}

/** No new work is taken: the process is stopping. */
export class Stopping extends Error {
  override name = "Stopping";
}

export interface Batcher<In, Out> {
  /** Resolves when the batch with this item is durable. Rejects with `Overloaded` at once when full. */
  add(item: In): Promise<Out>;
  /** Takes nothing new, and resolves when everything taken has been answered. */
  drain(): Promise<void>;
  /** How many items are not in a flush yet. */
  waiting(): number;
}

interface Waiting<In, Out> {
  item: In;
  resolve: (out: Out | Promise<Out>) => void;
  reject: (error: unknown) => void;
}

/** So many in one flush are a crowd: their callers are likely to send again at once. */
const CROWD = 4;
/** After a crowd the next flush waits until so many have gathered, but no longer than `GATHER_MS`. */
const GATHERED = 32;
const GATHER_MS: Ms = 4;

/** Bounds of items: how many, and of how many bytes. */
export interface Amount {
  items: number;
  bytes: number;
}

/**
 * Group commit: while one flush is in flight, items gather, and the next flush takes up to `most` of them, and at
 * least one. After a crowd it waits a moment for more, because a commit costs the same for one as for many; a single
 * item does not wait. When a flush fails, all its items are rejected.
 */
export function createBatcher<In, Out>(options: {
  /** Answers each item in order, or a promise of its answer, for which no other item waits. */
  flush: (items: readonly In[]) => Promise<readonly (Out | Promise<Out>)[]>;
  bytesOf: (item: In) => number;
  most: Amount;
  queue: Amount;
}): Batcher<In, Out> {
  const { bytesOf, most, queue } = options;
  let waiting: Waiting<In, Out>[] = [];
  let bytes = 0;
  let running: Promise<void> | null = null;
  let stopping = false;
  const gathering = new Pause();

  async function run(): Promise<void> {
    // One turn of the event loop: what arrived in the same packet goes into the same batch.
    await new Promise(setImmediate);
    while (waiting.length > 0) {
      const batch = next();
      await settle(batch);
      const isGathered = stopping || waiting.length >= GATHERED;
      if (batch.length >= CROWD && !isGathered) await gathering.take(GATHER_MS);
    }
    running = null;
  }

  function next(): readonly Waiting<In, Out>[] {
    let count = 0;
    let taken = 0;
    for (const { item } of waiting.slice(0, most.items)) {
      const size = bytesOf(item);
      if (count > 0 && taken + size > most.bytes) break;
      count += 1;
      taken += size;
    }
    const batch = waiting.slice(0, count);
    waiting = waiting.slice(count);
    bytes -= taken;
    return batch;
  }

  async function settle(batch: readonly Waiting<In, Out>[]): Promise<void> {
    try {
      const answers = await options.flush(batch.map(({ item }) => item));
      for (const [index, { resolve, reject }] of batch.entries()) {
        const answer = answers[index];
        if (answer === undefined) reject(new Error("a flush answered for too few items"));
        else resolve(answer);
      }
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  return {
    add(item) {
      if (stopping) return Promise.reject(new Stopping());
      const size = bytesOf(item);
      const isFull = waiting.length >= queue.items || bytes + size > queue.bytes;
      if (isFull) return Promise.reject(new Overloaded());
      bytes += size;
      return new Promise<Out>((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        if (waiting.length >= GATHERED) gathering.end();
        running ??= run();
      });
    },
    async drain() {
      stopping = true;
      gathering.end();
      while (running !== null) await running;
    },
    waiting: () => waiting.length,
  };
}
