import { describe, expect, it } from "vitest";
import { FileStopped, FilesUnderWay } from "./progress.ts";
import type { Batches } from "./table.ts";

const ID = "a-download-of-mine";

function atTen() {
  const clock = { now: 10_000 };
  return { clock, now: () => clock.now };
}

async function* batchesOf(sizes: number[], failsAt = Infinity) {
  for (const [index, size] of sizes.entries()) {
    if (index === failsAt) throw new Error("the database is away");
    yield Array.from({ length: size }, (_, row) => row);
  }
}

async function* lengths(batches: Batches<number>): AsyncGenerator<number> {
  yield 0;
  for await (const rows of batches) yield rows.length;
}

describe("a file with progress", () => {
  it("has the number of rows read so far, and of all at the end", async () => {
    const files = new FilesUnderWay();
    const { now } = atTen();
    const pieces = files.follow(ID, "waits.csv", batchesOf([500, 500, 20]), lengths, now);
    expect(files.seen(ID)).toEqual({ name: "waits.csv", rows: 0, state: "running" });
    expect((await pieces.next()).value).toBe(0);
    expect((await pieces.next()).value).toBe(500);
    expect(files.seen(ID)?.rows).toBe(500);
    await pieces.next();
    await pieces.next();
    expect(files.seen(ID)?.state).toBe("running");
    expect((await pieces.next()).done).toBe(true);
    expect(files.seen(ID)).toEqual({ name: "waits.csv", rows: 1_020, state: "done" });
  });

  it("can be stopped by its caller, and breaks off there", async () => {
    const files = new FilesUnderWay();
    const pieces = files.follow(ID, "waits.csv", batchesOf([5, 5, 5]), lengths, atTen().now);
    await pieces.next();
    await pieces.next();
    expect(files.stop(ID)).toBe(true);
    await expect(pieces.next()).rejects.toThrow(FileStopped);
    expect(files.seen(ID)).toEqual({ name: "waits.csv", rows: 5, state: "stopped" });
    expect(files.stop(ID), "what has ended cannot be stopped").toBe(false);
  });

  it("is stopped where its reader went away, and failed where reading its rows failed", async () => {
    const files = new FilesUnderWay();
    const left = files.follow(ID, "a.csv", batchesOf([5, 5]), lengths, atTen().now);
    await left.next();
    await left.return(undefined);
    expect(files.seen(ID)?.state).toBe("stopped");

    const broken = files.follow(ID, "a.csv", batchesOf([5, 5], 1), lengths, atTen().now);
    await broken.next();
    await broken.next();
    await expect(broken.next()).rejects.toThrow("away");
    expect(files.seen(ID)?.state).toBe("failed");
  });

  it("is forgotten a minute after its end, and at most a thousand are remembered", async () => {
    const files = new FilesUnderWay();
    const { clock, now } = atTen();
    for await (const _ of files.follow(ID, "a.csv", batchesOf([1]), lengths, now));
    clock.now += 60_001;
    files.follow("another", "b.csv", batchesOf([1]), lengths, now);
    expect(files.seen(ID)).toBeNull();
    expect(files.stop("nobody's")).toBe(false);

    for (let n = 0; n < 1_001; n += 1) files.follow(`n${n}`, "c.csv", batchesOf([]), lengths, now);
    expect(files.seen("another")).toBeNull();
    expect(files.seen("n1000")).not.toBeNull();
  });
});
