import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type BackupHead, framesOf, readFrames } from "./frames.ts";
import { sealed, unsealed } from "./sealing.ts";

const KEY = randomBytes(32);
const HEAD = Buffer.from("head");
const CHUNK = 64 * 1024;

async function* inPieces(whole: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < whole.length; at += size) yield whole.subarray(at, at + size);
}

async function all(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}

const seal = (plain: Buffer, size = 10_000) => all(sealed(inPieces(plain, size), KEY, HEAD));
const open = (closed: Buffer, size = 10_000) => all(unsealed(inPieces(closed, size), KEY, HEAD));

test("what was sealed opens as it was, whatever its length", async () => {
  for (const length of [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK]) {
    const plain = randomBytes(length);
    expect((await open(await seal(plain))).equals(plain)).toBe(true);
  }
});

test("one changed bit, a shorter end, chunks that changed places and anything behind are found", async () => {
  const closed = await seal(randomBytes(2 * CHUNK + 100));
  const size = 4 + 16 + CHUNK;
  const [first, second, last] = [
    closed.subarray(0, size),
    closed.subarray(size, 2 * size),
    closed.subarray(2 * size),
  ];
  for (const wrong of [
    [second, first, last],
    [first, last],
    [first, second],
    [first, first, second, last],
  ]) {
    await expect(open(Buffer.concat(wrong))).rejects.toThrow("damaged");
  }
  await fc.assert(
    fc.asyncProperty(fc.nat(closed.length - 1), fc.integer({ min: 0, max: 7 }), async (at, bit) => {
      const flipped = Buffer.from(closed);
      flipped.writeUInt8(closed.readUInt8(at) ^ (1 << bit), at);
      await expect(open(flipped)).rejects.toThrow("damaged");
      await expect(open(closed.subarray(0, at))).rejects.toThrow("damaged");
    }),
    { numRuns: 60 },
  );
  await expect(open(Buffer.concat([closed, Buffer.from("x")]))).rejects.toThrow("damaged");
});

const FRAMES_HEAD: BackupHead = {
  ...{ made_at: "2026-11-29T10:00:00Z", schema: 1, postgres: "18", months: ["2026-11"] },
  ...{ sequences: [{ name: "rooms_id_seq", last: 3 }], secret: "s", settings: { PORT: "3000" } },
};

async function contentOf(frames: Buffer): Promise<object> {
  const { head, tables } = await readFrames(inPieces(frames, 7));
  const found: Record<string, string> = {};
  for await (const { table, rows } of tables) found[table.name] = (await all(rows)).toString();
  return { head, found };
}

test("frames give back what was written, and a changed or missing byte is found", async () => {
  const rows = (text: string) => inPieces(Buffer.from(text), 5);
  const tables = () => [
    { table: { name: "rooms", columns: ["id", "key"] }, rows: rows("1\tward\n2\tskills lab\n") },
    { table: { name: "waits", columns: ["id"] }, rows: rows("") },
  ];
  const counts: number[] = [];
  const whole = await all(framesOf(FRAMES_HEAD, tables(), (count) => counts.push(count)));
  expect(counts).toEqual([2]);
  const found = { rooms: "1\tward\n2\tskills lab\n", waits: "" };
  expect(await contentOf(whole)).toEqual({ head: FRAMES_HEAD, found });
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 7 }), async (at, bit) => {
      const flipped = Buffer.from(whole);
      flipped.writeUInt8(whole.readUInt8(at) ^ (1 << bit), at);
      await expect(contentOf(flipped)).rejects.toThrow("damaged");
      await expect(contentOf(whole.subarray(0, at))).rejects.toThrow("damaged");
    }),
    { numRuns: 150 },
  );
});
