import { accessSync, constants, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { EmbeddedDatabaseError } from "./error.ts";

/** Every path of the embedded database. All are below `dataDir`. */
export interface DataLayout {
  dataDir: string;
  /** PostgreSQL's own folder; belongs to the account that runs it. */
  cluster: string;
  /** The folder in which initdb works. Renamed to `cluster` when complete, so that a half-made one is never used. */
  initializing: string;
  password: string;
  log: string;
  /** The lock file of the process that is starting the database. */
  lock: string;
  /** The pipe that every process which uses the database keeps open. */
  hold: string;
  /** One empty file for each process that holds the database. */
  holders: string;
}

export function dataLayoutIn(dataDir: string): DataLayout {
  const root = resolve(dataDir);
  const run = join(root, "postgres.run");
  return {
    dataDir: root,
    cluster: join(root, "postgres"),
    initializing: join(root, "postgres.initializing"),
    password: join(root, "postgres.password"),
    log: join(root, "postgres.log"),
    lock: join(run, "lock"),
    hold: join(run, "hold"),
    holders: join(run, "holders"),
  };
}

/** Makes our folders. Throws `EmbeddedDatabaseError` where they are not writable. */
export function makeFolders(layout: DataLayout): void {
  try {
    mkdirSync(layout.holders, { recursive: true });
    accessSync(layout.dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw notWritable(layout, cause);
  }
}

const FILE_SYSTEM_CODES = new Set([
  "ENOSPC",
  "EDQUOT",
  "EROFS",
  "EACCES",
  "EPERM",
  "ENOTDIR",
  "EIO",
]);

/** A failure of the file system in one line that says what to do; anything else as it is. */
export function asOneLine(error: unknown, layout: DataLayout): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return FILE_SYSTEM_CODES.has(code) ? notWritable(layout, error) : error;
}

function notWritable(layout: DataLayout, cause: unknown): EmbeddedDatabaseError {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  const isFull = code === "ENOSPC" || code === "EDQUOT";
  return new EmbeddedDatabaseError(
    `The data folder ${layout.dataDir} is not writable${reasonOf(code)}: ` +
      `${isFull ? "make room there" : "give this user the folder"}, or set ROLLCALL_DATA to another one.`,
    { cause },
  );
}

function reasonOf(code: unknown): string {
  switch (code) {
    case "EDQUOT":
    case "ENOSPC":
      return " (the disk is full)";
    case "EROFS":
      return " (the disk is read-only)";
    case "ENOTDIR":
    case "EEXIST":
      return " (a file is in the way)";
    default:
      return "";
  }
}
