import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { z } from "zod";
import { BackupError, DamagedBackup } from "./backup-error.ts";
import { ByteReader } from "./byte-reader.ts";
import { type BackupHead, framesOf, readFrames, type TableContent } from "./frames.ts";
import { makeSeal, openSeal, type Seal, sealed, sealSchema, unsealed } from "./sealing.ts";

/*
 * A backup is one file: a line that says what it is, a head in the open that says how it is encrypted, and the frames of
 * its content, compressed, and with a passphrase encrypted.
 */

const MAGIC = Buffer.from("rollcall backup 1\n");
const MOST_HEAD_BYTES = 4096;
const READ_BYTES = 256 * 1024;
/** More takes the processor longer than the disk, for little. */
const COMPRESSION = { level: 3 };

const openHead = z.object({ seal: sealSchema.nullable() });

/** Finds the key of an encrypted file. */
export type Unlock = (seal: Seal, path: string) => Promise<Buffer>;

/** Asks for the passphrase of an encrypted file, once; the key it makes is made once too, which takes a while. */
export function unlockWith(passphrase: () => Promise<string | null>): Unlock {
  const keys = new Map<string, Promise<Buffer>>();
  return (seal, path) => {
    const known = keys.get(seal.salt);
    if (known !== undefined) return known;
    const key = given(passphrase, path).then((answer) => openSeal(answer, seal));
    keys.set(seal.salt, key);
    return key;
  };
}

/**
 * Writes a backup under a name beside its own, and gives it its own when it is whole and on the disk: under that name
 * nobody ever finds half of one. Only this user may read it. Returns its size in bytes.
 */
export async function writeBackupFile(
  path: string,
  passphrase: string | null,
  content: {
    head: BackupHead;
    tables: AsyncIterable<TableContent> | Iterable<TableContent>;
    heard: (rows: number) => void;
  },
): Promise<number> {
  const draft = `${path}.${process.pid}.part`;
  const file = await opened(draft, "wx");
  try {
    const seal = passphrase === null ? null : await makeSeal(passphrase);
    const head = startOf(seal?.seal ?? null);
    await file.write(head);
    await pipeline(
      Readable.from(framesOf(content.head, content.tables, content.heard)),
      createGzip(COMPRESSION),
      (source: AsyncIterable<Buffer>) => (seal === null ? source : sealed(source, seal.key, head)),
      async (source: AsyncIterable<Buffer>) => {
        for await (const chunk of source) await file.write(chunk);
      },
    );
    await file.sync();
    const { size } = await file.stat();
    await file.close();
    await rename(draft, path);
    await syncFolder(dirname(path));
    return size;
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(draft, { force: true });
    throw asBackupError(error, path);
  }
}

/** The bytes of a backup that is not encrypted, as they are made. */
export async function* unsealedBackup(content: {
  head: BackupHead;
  tables: AsyncIterable<TableContent> | Iterable<TableContent>;
  heard: (rows: number) => void;
}): AsyncGenerator<Buffer> {
  yield startOf(null);
  const packed = createGzip(COMPRESSION);
  const frames = Readable.from(framesOf(content.head, content.tables, content.heard));
  const done = pipeline(frames, packed);
  done.catch(() => undefined);
  yield* packed;
  await done;
}

/** Reads a backup from its beginning. Throws `BackupError`, `DamagedBackup` among them, also what `work` throws. */
export async function readBackupFile<T>(
  path: string,
  unlock: Unlock,
  work: (content: Awaited<ReturnType<typeof readFrames>>) => Promise<T>,
  heard?: (rows: number) => void,
): Promise<T> {
  const file = await opened(path, "r");
  try {
    const reader = new ByteReader(chunksOf(file));
    const { start, seal } = await readStart(reader, path);
    const key = seal && (await unlock(seal, path));
    const plain = key === null ? reader.rest() : unsealed(reader.rest(), key, start);
    const unpacked = createGunzip();
    const result = Promise.withResolvers<T>();
    const piped = pipeline(
      Readable.from(plain),
      unpacked,
      async (source: AsyncIterable<Buffer>) => {
        result.resolve(await work(await readFrames(source, heard)));
      },
    );
    piped.catch((error: unknown) => result.reject(error));
    return await result.promise;
  } catch (error) {
    throw asBackupError(error, path);
  } finally {
    await file.close();
  }
}

async function* chunksOf(file: FileHandle): AsyncGenerator<Buffer> {
  for (;;) {
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(READ_BYTES));
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
  }
}

function startOf(seal: z.infer<typeof openHead>["seal"]): Buffer {
  const json = Buffer.from(JSON.stringify({ seal }));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(json.length);
  return Buffer.concat([MAGIC, length, json]);
}

async function readStart(
  reader: ByteReader,
  path: string,
): Promise<{ start: Buffer } & z.infer<typeof openHead>> {
  const magic = await reader.take(MAGIC.length);
  if (!magic.equals(MAGIC)) throw new BackupError(`${path} is no backup of Rollcall.`);
  const length = await reader.take(4);
  const count = length.length < 4 ? 0 : length.readUInt32BE();
  const json = await reader.take(Math.min(count, MOST_HEAD_BYTES));
  try {
    const { seal } = openHead.parse(JSON.parse(json.toString("utf8")));
    return { start: Buffer.concat([magic, length, json]), seal };
  } catch (cause) {
    throw new DamagedBackup("it does not begin as a backup does", { cause });
  }
}

async function given(passphrase: () => Promise<string | null>, path: string): Promise<string> {
  const answer = await passphrase();
  if (answer !== null) return answer;
  throw new BackupError(
    `${path} is encrypted: set ROLLCALL_BACKUP_PASSPHRASE or ROLLCALL_BACKUP_PASSPHRASE_FILE, or run this on a terminal, where it is asked for.`,
  );
}

async function opened(path: string, flags: "wx" | "r"): Promise<FileHandle> {
  try {
    return await open(path, flags, 0o600);
  } catch (error) {
    throw asBackupError(error, path);
  }
}

/** So that the new name is on the disk too. Some systems cannot. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r").catch(() => null);
  if (folder === null) return;
  await folder.sync().catch(() => undefined);
  await folder.close();
}

const ADVICE: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file or folder",
  EACCES: "this user may not",
  EPERM: "this user may not",
  EROFS: "the disk is read-only",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk is full",
  EISDIR: "it is a folder",
  ENOTDIR: "a file is in the way",
  EEXIST: "something is in the way",
  EIO: "the disk does not answer",
};

/** A failure of the file system, or of what unpacks, in one line; anything else as it is. */
function asBackupError(error: unknown, path: string): unknown {
  if (!(error instanceof Error && "code" in error && typeof error.code === "string")) return error;
  if (error.code.startsWith("Z_"))
    return new DamagedBackup("it was altered or shortened", { cause: error });
  const advice = ADVICE[error.code];
  if (advice === undefined || "query" in error) return error;
  return new BackupError(`${basename(path)} in ${dirname(path)}: ${advice}.`, { cause: error });
}
