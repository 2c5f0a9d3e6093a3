import { describe, expect, test } from "vitest";
import { type Amount, type Batcher, createBatcher, Overloaded, Stopping } from "./batch.ts";

const UNBOUNDED: Amount = { items: 10_000, bytes: 1_000_000 };
const bytesOf = (item: string) => item.length;

/** A flush with its items, which waits until the test lets it finish. */
interface Flush {
  items: readonly string[];
  finish: (failure?: Error) => void;
}

/** A batcher whose flushes wait in `flushes` for the test. */
function station(options: { most?: Partial<Amount>; queue?: Partial<Amount> } = {}) {
  const flushes: Flush[] = [];
  const waiting: (() => void)[] = [];
  const batcher: Batcher<string, string> = createBatcher<string, string>({
    flush: (items) =>
      new Promise((resolve, reject) => {
        flushes.push({
          items,
          finish: (failure) =>
            failure ? reject(failure) : resolve(items.map((item) => `kept ${item}`)),
        });
        waiting.shift()?.();
      }),
    bytesOf,
    most: { ...UNBOUNDED, ...options.most },
    queue: { ...UNBOUNDED, ...options.queue },
  });
  let seen = 0;
  /** The next flush, once it has begun. */
  const next = async (): Promise<Flush> => {
    if (flushes.length <= seen) await new Promise<void>((resolve) => waiting.push(resolve));
    const flush = flushes[seen];
    if (!flush) throw new Error("no flush");
    seen += 1;
    return flush;
  };
  return { batcher, flushes, next };
}

/** A batcher whose flushes end at once. */
function prompt() {
  const flushed: (readonly string[])[] = [];
  const batcher = createBatcher<string, string>({
    flush: async (items) => {
      flushed.push(items);
      return items.map((item) => `kept ${item}`);
    },
    bytesOf,
    most: UNBOUNDED,
    queue: UNBOUNDED,
  });
  return { batcher, flushed };
}

describe("group commit", () => {
  test("takes what arrives in one turn together", async () => {
    const { batcher, next } = station();
    const answers = Promise.all(["a", "b", "c"].map((item) => batcher.add(item)));
    const flush = await next();
    expect(flush.items).toEqual(["a", "b", "c"]);
    flush.finish();
    expect(await answers).toEqual(["kept a", "kept b", "kept c"]);
  });

  test("gathers what arrives during a flush for the next", async () => {
    const { batcher, flushes, next } = station();
    const first = batcher.add("a");
    const flush = await next();
    const later = Promise.all(["b", "c"].map((item) => batcher.add(item)));
    expect(flushes).toHaveLength(1);
    flush.finish();
    expect(await first).toBe("kept a");
    const second = await next();
    expect(second.items).toEqual(["b", "c"]);
    second.finish();
    expect(await later).toEqual(["kept b", "kept c"]);
  });

  test("waits a moment for more where many come at once, and for no more when it is drained", async () => {
    const { batcher, flushes, next } = station();
    const crowd = (count: number) => Array.from({ length: count }, (_, n) => batcher.add(`${n}`));
    const first = crowd(8);
    (await next()).finish();
    await Promise.all(first);
    // As if all of them sent again, one after the other.
    const again = crowd(1);
    await new Promise(setImmediate);
    expect(flushes).toHaveLength(1);
    again.push(...crowd(31));
    const gathered = await next();
    expect(gathered.items).toHaveLength(32);
    gathered.finish();
    await Promise.all(again);
    const last = crowd(1);
    const drained = batcher.drain();
    (await next()).finish();
    expect(await Promise.all(last)).toEqual(["kept 0"]);
    await drained;
  });

  test("does not wait long where no more come", async () => {
    const { batcher, next } = station();
    const crowd = ["a", "b", "c", "d"].map((item) => batcher.add(item));
    (await next()).finish();
    await Promise.all(crowd);
    const alone = batcher.add("e");
    const flush = await next();
    expect(flush.items).toEqual(["e"]);
    flush.finish();
    expect(await alone).toBe("kept e");
  });

  test("never takes more than the most at once, and keeps the order", async () => {
    const { batcher, next } = station({ most: { items: 2 } });
    const answers = Promise.all(["a", "b", "c", "d", "e"].map((item) => batcher.add(item)));
    for (const expected of [["a", "b"], ["c", "d"], ["e"]]) {
      const flush = await next();
      expect(flush.items).toEqual(expected);
      flush.finish();
    }
    expect(await answers).toHaveLength(5);
  });

  test("takes no more bytes at once than the most, but always one item", async () => {
    const { batcher, next } = station({ most: { bytes: 4 } });
    const given = ["aa", "bb", "c", "larger than that", "dd"];
    const answers = Promise.all(given.map((item) => batcher.add(item)));
    for (const expected of [["aa", "bb"], ["c"], ["larger than that"], ["dd"]]) {
      const flush = await next();
      expect(flush.items).toEqual(expected);
      flush.finish();
    }
    expect(await answers).toHaveLength(given.length);
  });

  test("begins again after it was idle", async () => {
    const { batcher, flushed } = prompt();
    expect(await batcher.add("a")).toBe("kept a");
    expect(await batcher.add("b")).toBe("kept b");
    expect(flushed).toEqual([["a"], ["b"]]);
  });
});

describe("a full queue", () => {
  test("refuses at once, and takes again when there is room", async () => {
    const { batcher, next } = station({ queue: { items: 2 } });
    const first = batcher.add("in flight");
    const flush = await next();
    const waiting = [batcher.add("a"), batcher.add("b")];
    await expect(batcher.add("c")).rejects.toBeInstanceOf(Overloaded);
    flush.finish();
    expect(await first).toBe("kept in flight");
    const second = await next();
    expect(second.items).toEqual(["a", "b"]);
    const after = batcher.add("d");
    second.finish();
    expect(await Promise.all(waiting)).toEqual(["kept a", "kept b"]);
    (await next()).finish();
    expect(await after).toBe("kept d");
  });
});

test("a queue that is full of bytes refuses at once, and takes again when there is room", async () => {
  const { batcher, next } = station({ most: { items: 1 }, queue: { bytes: 4 } });
  const taken = ["aaa", "b"].map((item) => batcher.add(item));
  await expect(batcher.add("c")).rejects.toBeInstanceOf(Overloaded);
  const flush = await next();
  const after = batcher.add("cc");
  await expect(batcher.add("dd")).rejects.toBeInstanceOf(Overloaded);
  flush.finish();
  (await next()).finish();
  (await next()).finish();
  expect(await Promise.all([...taken, after])).toEqual(["kept aaa", "kept b", "kept cc"]);
});

test("no other item waits for an item whose answer comes later", async () => {
  const slow = Promise.withResolvers<string>();
  const batcher = createBatcher<string, string>({
    flush: async (items) => items.map((item) => (item === "slow" ? slow.promise : `kept ${item}`)),
    bytesOf,
    most: UNBOUNDED,
    queue: UNBOUNDED,
  });
  const later = batcher.add("slow");
  expect(await batcher.add("a")).toBe("kept a");
  slow.reject(new Error("the database is gone"));
  await expect(later).rejects.toThrow("gone");
  expect(await batcher.add("b")).toBe("kept b");
});

test("a failure fails the whole batch, and the next one goes on", async () => {
  const { batcher, flushes, next } = station();
  const answers = Promise.allSettled(["a", "b", "c"].map((item) => batcher.add(item)));
  (await next()).finish(new Error("the database is gone"));
  expect((await answers).map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
  expect(flushes).toHaveLength(1);
  const after = batcher.add("d");
  (await next()).finish();
  expect(await after).toBe("kept d");
});

test("a flush that answers for too few leaves no item without an answer", async () => {
  const batcher = createBatcher<string, string>({
    flush: async () => ["one"],
    bytesOf,
    most: UNBOUNDED,
    queue: UNBOUNDED,
  });
  const answers = await Promise.allSettled(["a", "b"].map((item) => batcher.add(item)));
  expect(answers.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
});

describe("draining", () => {
  test("answers everything taken and refuses new items", async () => {
    const { batcher, next } = station({ most: { items: 1 } });
    const taken = Promise.all(["a", "b"].map((item) => batcher.add(item)));
    const first = await next();
    const drained = batcher.drain();
    await expect(batcher.add("late")).rejects.toBeInstanceOf(Stopping);
    first.finish();
    (await next()).finish();
    await drained;
    expect(await taken).toEqual(["kept a", "kept b"]);
  });

  test("is done at once where there is nothing to do", async () => {
    await prompt().batcher.drain();
  });
});
