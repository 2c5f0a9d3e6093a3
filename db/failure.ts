import { DrizzleQueryError } from "drizzle-orm";
import postgres from "postgres";

/**
 * Failures that say nothing of what was to be written: connections, a transaction that may only read,
 * authorisation, a missing database, resources, locks, operators, the system, the configuration, the server
 * itself.
 */
const DOWN = new Set(["08", "25", "28", "3D", "53", "55", "57", "58", "F0", "XX"]);
const DISK_FULL = "53100";
const READ_ONLY = "25006";

/** Why nothing can be kept. */
export type Hindrance = "disk_full" | "read_only" | "unavailable";

/**
 * What went wrong in a query: `busy` when the same may go through at once (deadlock, serialisation), `down`
 * when the database cannot work, and `data` for everything else: this batch can never be written.
 */
export function failureOf(error: unknown): "data" | "busy" | "down" {
  const cause = causeOf(error);
  if (!(cause instanceof postgres.PostgresError)) {
    return cause instanceof TypeError || cause instanceof RangeError ? "data" : "down";
  }
  const kind = cause.code.slice(0, 2);
  if (kind === "40") return "busy";
  return DOWN.has(kind) ? "down" : "data";
}

/** What keeps the database from writing, of a failure that is `down`. */
export function hindranceOf(error: unknown): Hindrance {
  const cause = causeOf(error);
  const code = cause instanceof postgres.PostgresError ? cause.code : null;
  if (code === DISK_FULL) return "disk_full";
  return code === READ_ONLY ? "read_only" : "unavailable";
}

function causeOf(error: unknown): unknown {
  return error instanceof DrizzleQueryError ? error.cause : error;
}
