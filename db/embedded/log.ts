import { closeSync, fstatSync, ftruncateSync, openSync, readSync } from "node:fs";

/** The size that PostgreSQL's log may have on the disk. */
const MOST_BYTES = 4 * 1024 * 1024;
const CHECK_EVERY_MS = 60_000;

/** Where our lines about the database go; a pino logger fits. */
export interface Log {
  info(message: string): void;
  error(message: string): void;
}

/** Empties the file when it has grown too long. PostgreSQL appends, so it goes on at the beginning. */
export function boundLog(path: string): void {
  withFile(path, "r+", (fd) => {
    if (fstatSync(fd).size > MOST_BYTES) ftruncateSync(fd);
  });
}

/** Bounds the log from time to time, without keeping the process alive. Answers a function that stops it. */
export function keepLogBounded(path: string): () => void {
  boundLog(path);
  const timer = setInterval(() => boundLog(path), CHECK_EVERY_MS).unref();
  return () => clearInterval(timer);
}

export function logSize(path: string): number {
  return withFile(path, "r", (fd) => fstatSync(fd).size) ?? 0;
}

/** What was written since the file had this size. */
export function readLogFrom(path: string, start: number): string {
  const read = withFile(path, "r", (fd) => {
    const buffer = Buffer.alloc(Math.max(0, fstatSync(fd).size - start));
    readSync(fd, buffer, 0, buffer.length, start);
    return buffer.toString("utf8");
  });
  return read ?? "";
}

function withFile<T>(path: string, flags: string, work: (fd: number) => T): T | null {
  let fd: number;
  try {
    fd = openSync(path, flags);
  } catch {
    return null;
  }
  try {
    return work(fd);
  } finally {
    closeSync(fd);
  }
}
