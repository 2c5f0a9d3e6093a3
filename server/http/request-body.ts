import type { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import type { Ms } from "#domain/time/ms.ts";
import { type BodyMemory, createBodyMemory } from "./body-memory.ts";

/** How many bytes the body of a webhook may have. */
export const BODY_LIMIT = 1_048_576;
/** How long one may take to arrive. */
const BODY_MS: Ms = 15_000;
/** A body of so few bytes arrives in one piece, and is not counted: the number of connections bounds these. */
const SMALL = 16_384;
/** How many bytes may be arriving at once from senders without a checked key or signature. */
const MOST_HELD = 64 * BODY_LIMIT;

/** A body over the limit; reading stopped there. */
export class BodyTooLarge extends Error {
  override name = "BodyTooLarge";
}

/** A body that did not arrive in time. */
export class BodyTooSlow extends Error {
  override name = "BodyTooSlow";
}

/** More bytes are arriving at once than are allowed, and this was the largest body. */
export class TooMuchAtOnce extends Error {
  override name = "TooMuchAtOnce";
}

/** The sender of the body went away in the middle of it. */
export class BodyCut extends Error {
  override name = "BodyCut";
}

interface Bounds {
  most: number;
  withinMs: Ms;
  /** The memory in which the body is counted while it arrives. */
  among: BodyMemory;
  /** Up to so many bytes, a body over the limit is read and thrown away, so that its sender reads the answer. */
  heardOut?: number;
}

const UNSIGNED: Bounds = {
  most: BODY_LIMIT,
  withinMs: BODY_MS,
  among: createBodyMemory(MOST_HELD),
};

/**
 * The exact bytes of a request's body, counted while they are read. Throws `BodyTooLarge`, `BodyTooSlow`,
 * `TooMuchAtOnce` and `BodyCut`, and then reads no more.
 */
export async function readBody(
  request: Request,
  { most, withinMs, among, heardOut = 0 }: Bounds = UNSIGNED,
): Promise<Uint8Array> {
  const declared = Number(request.headers.get("content-length") ?? 0);
  if (declared > Math.max(most, heardOut)) throw new BodyTooLarge();
  const stopped = Promise.withResolvers<never>();
  stopped.promise.catch(() => undefined);
  const late = setTimeout(() => stopped.reject(new BodyTooSlow()), withinMs);
  const counted = among.begin(() => stopped.reject(new TooMuchAtOnce()));
  try {
    if (declared > most) {
      await thrownAway(request, (read) => Promise.race([read, stopped.promise]));
      throw new BodyTooLarge();
    }
    // A body cannot be longer than its declared length: the server stops reading there.
    if (declared > 0 && declared <= SMALL) {
      return new Uint8Array(await Promise.race([whole(request), stopped.promise]));
    }
    return await inPieces(
      request,
      most,
      (read) => Promise.race([read, stopped.promise]),
      counted.add,
    );
  } finally {
    clearTimeout(late);
    counted.end();
  }
}

/** As `readBody`, for a request of Node.js. */
export function readIncoming(
  req: Readable & Pick<IncomingMessage, "headers"> & Partial<Pick<IncomingMessage, "complete">>,
  { most, withinMs, among }: Bounds = UNSIGNED,
): Promise<Uint8Array> {
  const declared = Number(req.headers["content-length"] ?? 0);
  if (declared > most) return Promise.reject(new BodyTooLarge());
  const here = declared <= SMALL && req.complete === true ? wholeOf(req, declared) : null;
  if (here !== null) return Promise.resolve(here);
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let length = 0;
    const stop = (): void => {
      clearTimeout(late);
      counted.end();
      req.off("data", take).off("end", end).off("error", cutOff).off("close", cutOff);
    };
    const fail = (error: Error): void => {
      stop();
      // The rest of it is not read, so a later error of the connection does not matter.
      req.on("error", () => undefined).pause();
      reject(error);
    };
    const late = setTimeout(() => fail(new BodyTooSlow()), withinMs);
    const counted = among.begin(() => fail(new TooMuchAtOnce()));
    const take = (chunk: Uint8Array): void => {
      length += chunk.byteLength;
      if (length > most) {
        fail(new BodyTooLarge());
        return;
      }
      chunks.push(chunk);
      if (declared === 0 || declared > SMALL) counted.add(chunk.byteLength);
    };
    const end = (): void => {
      stop();
      const [only] = chunks;
      resolve(chunks.length === 1 && only ? only : Buffer.concat(chunks));
    };
    const cutOff = (cause?: Error): void => {
      fail(new BodyCut("the body was not sent to its end", { cause }));
    };
    req.on("data", take).on("end", end).on("error", cutOff).on("close", cutOff);
  });
}

/** The body of a request that has arrived, where none of it was read yet; `null` for what is not so long. */
function wholeOf(req: Readable, length: number): Uint8Array | null {
  if (length === 0 || req.readableLength !== length) return null;
  const whole: unknown = req.read();
  return whole instanceof Uint8Array ? whole : null;
}

function whole(request: Request): Promise<ArrayBuffer> {
  return request.arrayBuffer().catch(cut);
}

function cut(cause: unknown): never {
  throw new BodyCut("the body was not sent to its end", { cause });
}

type Piece = ReadableStreamReadResult<Uint8Array>;

async function thrownAway(
  { body }: Request,
  unlessStopped: (read: Promise<Piece>) => Promise<Piece>,
): Promise<void> {
  const reader = body?.getReader();
  while (reader !== undefined && !(await unlessStopped(reader.read().catch(cut))).done);
}

async function inPieces(
  { body }: Request,
  most: number,
  unlessStopped: (read: Promise<Piece>) => Promise<Piece>,
  count: (bytes: number) => void,
): Promise<Uint8Array> {
  if (body === null) return new Uint8Array();
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await unlessStopped(reader.read().catch(cut));
      if (done) return Buffer.concat(chunks);
      length += value.byteLength;
      if (length > most) throw new BodyTooLarge();
      chunks.push(value);
      count(value.byteLength);
    }
  } catch (error) {
    reader.cancel(error).catch(() => undefined);
    throw error;
  }
}
