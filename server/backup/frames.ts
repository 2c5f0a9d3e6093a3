import { createHash } from "node:crypto";
import { z } from "zod";
import { DamagedBackup } from "./backup-error.ts";
import { ByteReader } from "./byte-reader.ts";

/*
 * The content of a backup: frames, each of one byte for its kind, four for its length, and its payload. A head, for each
 * table its name and columns and then its rows in frames of any number, and an end with the digest of all before it.
 */

const KINDS = { head: 0x48, table: 0x54, rows: 0x52, end: 0x45 } as const;
/** Rows come in frames of about this size; a longer frame is not ours. */
const ROWS_BYTES = 64 * 1024;
const MOST_BYTES = 64 * 1024 * 1024;
const NEWLINE = 0x0a;

/** A name that may stand in a statement. */
const identifier = z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/);
const tableSchema = z.object({ name: identifier, columns: z.array(identifier).min(1) });

const headSchema = z.object({
  /** When the snapshot was taken. */
  made_at: z.iso.datetime(),
  /** The `when` of the last migration. */
  schema: z.int().positive(),
  postgres: z.string(),
  months: z.array(z.string().regex(/^[1-9]\d{3}-(0[1-9]|1[0-2])$/)),
  sequences: z.array(z.object({ name: identifier, last: z.int().positive() })),
  /** The key with which secrets are encrypted. */
  secret: z.string().min(1),
  /** The environment variables of Rollcall that were set. */
  settings: z.record(z.string(), z.string()),
});
export type BackupHead = z.infer<typeof headSchema>;

const endSchema = z.object({
  rows: z.record(identifier, z.int().nonnegative()),
  sha256: z.string(),
});

/** The rows of one table, in the text form of COPY. */
export interface TableContent {
  table: z.infer<typeof tableSchema>;
  rows: AsyncIterable<Uint8Array>;
}

/** Writes the frames. `heard` is told of rows as they pass. */
export async function* framesOf(
  head: BackupHead,
  tables: AsyncIterable<TableContent> | Iterable<TableContent>,
  heard: (rows: number) => void,
): AsyncGenerator<Buffer> {
  const hash = createHash("sha256");
  const counts: Record<string, number> = {};
  const frame = (kind: keyof typeof KINDS, payload: Buffer) => {
    const start = Buffer.alloc(5);
    start.writeUInt8(KINDS[kind]);
    start.writeUInt32BE(payload.length, 1);
    const whole = Buffer.concat([start, payload]);
    hash.update(whole);
    return whole;
  };
  const json = (value: unknown) => Buffer.from(JSON.stringify(value));
  yield frame("head", json(head));
  for await (const { table, rows } of tables) {
    yield frame("table", json(table));
    counts[table.name] = 0;
    for await (const batch of batches(rows)) {
      const count = linesIn(batch);
      counts[table.name] = (counts[table.name] ?? 0) + count;
      heard(count);
      yield frame("rows", batch);
    }
  }
  const sha256 = hash.copy().digest("hex");
  yield frame("end", json({ rows: counts, sha256 }));
}

async function* batches(rows: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let held: Uint8Array[] = [];
  let length = 0;
  for await (const row of rows) {
    held.push(row);
    length += row.length;
    if (length < ROWS_BYTES) continue;
    yield Buffer.concat(held);
    held = [];
    length = 0;
  }
  if (length > 0) yield Buffer.concat(held);
}

/** In the text form of COPY a row is a line: newlines in values are written otherwise. */
function linesIn(batch: Buffer): number {
  let count = 0;
  for (let at = batch.indexOf(NEWLINE); at >= 0; at = batch.indexOf(NEWLINE, at + 1)) count += 1;
  return count;
}

/**
 * Reads frames. The head is there at once, the tables as they are asked for, each to its end before the next. Only when
 * `tables` has ended is it known that all of it is as it was written. Throws `DamagedBackup`.
 */
export async function readFrames(
  content: AsyncIterable<Uint8Array>,
  heard: (rows: number) => void = () => undefined,
): Promise<{ head: BackupHead; tables: AsyncGenerator<TableContent, Record<string, number>> }> {
  const reader = new ByteReader(content);
  const hash = createHash("sha256");
  const next = async () => {
    const start = await reader.take(5);
    if (start.length < 5) throw new DamagedBackup("it ends too early");
    const [kind, length] = [start.readUInt8(), start.readUInt32BE(1)];
    if (length > MOST_BYTES) throw new DamagedBackup("it is not as a backup is");
    const payload = await reader.take(length);
    if (payload.length < length) throw new DamagedBackup("it ends too early");
    const sha256 = kind === KINDS.end ? hash.copy().digest("hex") : null;
    hash.update(start).update(payload);
    return { kind, payload, sha256 };
  };
  const first = await next();
  if (first.kind !== KINDS.head) throw new DamagedBackup("it does not begin as a backup does");
  return { head: parsed(headSchema, first.payload), tables: tablesIn() };

  async function* tablesIn(): AsyncGenerator<TableContent, Record<string, number>> {
    const counts: Record<string, number> = {};
    let frame = await next();
    while (frame.kind === KINDS.table) {
      const table = parsed(tableSchema, frame.payload);
      counts[table.name] = 0;
      async function* rows(): AsyncGenerator<Buffer> {
        for (frame = await next(); frame.kind === KINDS.rows; frame = await next()) {
          const count = linesIn(frame.payload);
          counts[table.name] = (counts[table.name] ?? 0) + count;
          heard(count);
          yield frame.payload;
        }
      }
      yield { table, rows: rows() };
    }
    if (frame.kind !== KINDS.end) throw new DamagedBackup("it is not as a backup is");
    const end = parsed(endSchema, frame.payload);
    const isSame = Object.entries(end.rows).every(([name, count]) => counts[name] === count);
    if (end.sha256 !== frame.sha256 || !isSame) throw new DamagedBackup("it was altered");
    if ((await reader.take(1)).length > 0) throw new DamagedBackup("something follows its end");
    return counts;
  }
}

function parsed<T>(schema: z.ZodType<T>, payload: Buffer): T {
  try {
    return schema.parse(JSON.parse(payload.toString("utf8")));
  } catch (cause) {
    throw new DamagedBackup("it is not as a backup is", { cause });
  }
}
