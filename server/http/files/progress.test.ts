import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "#db/connection/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing/database.ts";
import { eventually } from "#db/testing/eventually.ts";
import { FileStopped, FilesUnderWay } from "./progress.ts";
import type { Batches } from "./table.ts";

const ID = "a-download-of-mine";

let own: TestDatabase;
let database: Database;
beforeAll(async () => {
  own = await testDatabase();
  database = openDatabase(own.url, { max: 2 });
});
afterAll(async () => {
  await database.close();
  await own.drop();
});

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

async function* endless() {
  for (;;) yield await new Promise<number[]>((resolve) => setImmediate(() => resolve([1])));
}

async function* lengths(batches: Batches<number>): AsyncGenerator<number> {
  yield 0;
  for await (const rows of batches) yield rows.length;
}

describe("a file with progress", () => {
  it("has the number of rows read so far, and of all at the end", async () => {
    const files = new FilesUnderWay(() => database);
    const { now } = atTen();
    const pieces = files.follow(ID, "waits.csv", batchesOf([500, 500, 20]), lengths, now);
    expect(await files.seen(ID)).toEqual({ name: "waits.csv", rows: 0, state: "running" });
    expect((await pieces.next()).value).toBe(0);
    expect((await pieces.next()).value).toBe(500);
    expect((await files.seen(ID))?.rows).toBe(500);
    await pieces.next();
    await pieces.next();
    expect((await files.seen(ID))?.state).toBe("running");
    expect((await pieces.next()).done).toBe(true);
    expect(await files.seen(ID)).toEqual({ name: "waits.csv", rows: 1_020, state: "done" });
  });

  it("can be stopped by its caller, and breaks off there", async () => {
    const files = new FilesUnderWay(() => database);
    const pieces = files.follow(ID, "waits.csv", batchesOf([5, 5, 5]), lengths, atTen().now);
    await pieces.next();
    await pieces.next();
    expect(await files.stop(ID)).toBe(true);
    await expect(pieces.next()).rejects.toThrow(FileStopped);
    expect(await files.seen(ID)).toEqual({ name: "waits.csv", rows: 5, state: "stopped" });
    expect(await files.stop(ID), "what has ended cannot be stopped").toBe(false);
  });

  it("is stopped where its reader went away, and failed where reading its rows failed", async () => {
    const files = new FilesUnderWay(() => database);
    const left = files.follow(ID, "a.csv", batchesOf([5, 5]), lengths, atTen().now);
    await left.next();
    await left.return(undefined);
    expect((await files.seen(ID))?.state).toBe("stopped");

    const broken = files.follow(ID, "a.csv", batchesOf([5, 5], 1), lengths, atTen().now);
    await broken.next();
    await broken.next();
    await expect(broken.next()).rejects.toThrow("away");
    expect((await files.seen(ID))?.state).toBe("failed");
  });

  it("is forgotten a minute after its end, and at most a thousand are remembered", async () => {
    const files = new FilesUnderWay(() => database);
    const { clock, now } = atTen();
    for await (const _ of files.follow(ID, "a.csv", batchesOf([1]), lengths, now));
    clock.now += 60_001;
    files.follow("another", "b.csv", batchesOf([1]), lengths, now);
    expect(await files.seen(ID)).toBeNull();
    expect(await files.stop("nobody's")).toBe(false);

    for (let n = 0; n < 1_001; n += 1) files.follow(`n${n}`, "c.csv", batchesOf([]), lengths, now);
    expect(await files.seen("another")).toBeNull();
    expect(await files.seen("n1000")).not.toBeNull();
  });

  it("is known to every process, and stopped by whichever is asked", async () => {
    const [here, there] = [new FilesUnderWay(() => database), new FilesUnderWay(() => database)];
    const pieces = here.follow("far", "far.csv", endless(), lengths, Date.now);
    const made = (async () => {
      for await (const _ of pieces);
    })();
    const running = { name: "far.csv", state: "running" };
    await eventually(async () => expect(await there.seen("far")).toMatchObject(running));
    expect(await there.seen("nobody's")).toBeNull();
    expect(await there.stop("far")).toBe(true);
    expect(await there.seen("far")).toMatchObject({ ...running, state: "stopped" });
    await expect(made).rejects.toThrow(FileStopped);
    expect(await there.seen("far")).toMatchObject({ state: "stopped" });
    expect(await there.stop("far"), "what has ended cannot be stopped").toBe(false);
  });
});
