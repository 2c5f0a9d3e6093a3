import {
  createCipheriv,
  createDecipheriv,
  randomBytes,
  scrypt,
  timingSafeEqual,
} from "node:crypto";
import { promisify } from "node:util";
import { z } from "zod";
import { BackupError, DamagedBackup } from "./backup-error.ts";
import { ByteReader } from "./byte-reader.ts";

/*
 * With a passphrase the content is encrypted in chunks with AES-256-GCM, under a key that scrypt makes of the passphrase
 * and of the file's own salt. A chunk's nonce is its number and whether it is the last, so that a chunk that is missing,
 * moved or added does not open.
 */

const KDF = "scrypt N=131072 r=8 p=1";
const COST = { N: 131_072, r: 8, p: 1, maxmem: 256 * 1024 * 1024 };
const KEY_BYTES = 32;
const CHECK_BYTES = 16;
const TAG_BYTES = 16;
const CHUNK_BYTES = 64 * 1024;
const LAST = 0x80_00_00_00;

/** What stands in the open at the head of an encrypted file. */
export const sealSchema = z.object({
  kdf: z.literal(KDF),
  salt: z.base64().length(24),
  /** Tells a wrong passphrase from a damaged file. */
  check: z.base64().length(24),
});
export type Seal = z.infer<typeof sealSchema>;

/** A passphrase that is not the file's. */
class WrongPassphrase extends BackupError {
  override name = "WrongPassphrase";
}

export async function makeSeal(passphrase: string): Promise<{ seal: Seal; key: Buffer }> {
  const salt = randomBytes(16);
  const { key, check } = await derive(passphrase, salt);
  return {
    key,
    seal: { kdf: KDF, salt: salt.toString("base64"), check: check.toString("base64") },
  };
}

/** Throws `WrongPassphrase`. */
export async function openSeal(passphrase: string, seal: Seal): Promise<Buffer> {
  const { key, check } = await derive(passphrase, Buffer.from(seal.salt, "base64"));
  if (timingSafeEqual(check, Buffer.from(seal.check, "base64"))) return key;
  throw new WrongPassphrase("The passphrase is not the one that the backup was made with.");
}

async function derive(passphrase: string, salt: Buffer): Promise<{ key: Buffer; check: Buffer }> {
  const made = await scryptOf(passphrase.normalize("NFKC"), salt, KEY_BYTES + CHECK_BYTES, COST);
  return { key: made.subarray(0, KEY_BYTES), check: made.subarray(KEY_BYTES) };
}

const scryptOf = promisify<string, Buffer, number, typeof COST, Buffer>(scrypt);

/** Encrypts what comes, in chunks; `head` is what stands in the open, and cannot be altered unnoticed either. */
export async function* sealed(
  content: AsyncIterable<Uint8Array>,
  key: Buffer,
  head: Buffer,
): AsyncGenerator<Buffer> {
  const reader = new ByteReader(content);
  let chunk = await reader.take(CHUNK_BYTES);
  for (let number = 0; ; number++) {
    const next = chunk.length < CHUNK_BYTES ? null : await reader.take(CHUNK_BYTES);
    const isLast = next === null || next.length === 0;
    const cipher = createCipheriv("aes-256-gcm", key, nonceOf(number, isLast));
    cipher.setAAD(head);
    const body = Buffer.concat([cipher.update(chunk), cipher.final()]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE((body.length | (isLast ? LAST : 0)) >>> 0);
    yield Buffer.concat([length, cipher.getAuthTag(), body]);
    if (isLast) return;
    chunk = next;
  }
}

/** Decrypts what `sealed` made. Throws `DamagedBackup`. */
export async function* unsealed(
  content: AsyncIterable<Uint8Array>,
  key: Buffer,
  head: Buffer,
): AsyncGenerator<Buffer> {
  const reader = new ByteReader(content);
  for (let number = 0; ; number++) {
    const start = await reader.take(4 + TAG_BYTES);
    if (start.length < 4 + TAG_BYTES) throw new DamagedBackup("it ends too early");
    const word = start.readUInt32BE();
    const isLast = (word & LAST) !== 0;
    const length = (word & ~LAST) >>> 0;
    const body = length > CHUNK_BYTES ? null : await reader.take(length);
    if (body === null || body.length < length) throw new DamagedBackup("it ends too early");
    yield opened(body, start.subarray(4), nonceOf(number, isLast), key, head);
    if (!isLast) continue;
    if ((await reader.take(1)).length > 0) throw new DamagedBackup("something follows its end");
    return;
  }
}

function opened(body: Buffer, tag: Buffer, nonce: Buffer, key: Buffer, head: Buffer): Buffer {
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(head);
    decipher.setAuthTag(tag);
    return Buffer.concat([decipher.update(body), decipher.final()]);
  } catch (cause) {
    throw new DamagedBackup("it was altered", { cause });
  }
}

function nonceOf(number: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt8(isLast ? 1 : 0);
  nonce.writeBigUInt64BE(BigInt(number), 4);
  return nonce;
}
