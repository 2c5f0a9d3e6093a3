import { DrizzleQueryError } from "drizzle-orm";
import postgres from "postgres";

/**
 * Failures that say nothing of what was to be written: connections, authorisation, a missing database,
 * resources, locks, operators, the system, the configuration, the server itself.
 */
const DOWN = new Set(["08", "28", "3D", "53", "55", "57", "58", "F0", "XX"]);

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

/** Whether a value itself was refused: one out of range, or that is none of its type. */
export function isRefusedValue(error: unknown): boolean {
  const cause = causeOf(error);
  return cause instanceof postgres.PostgresError && cause.code.startsWith("22");
}

function causeOf(error: unknown): unknown {
  return error instanceof DrizzleQueryError ? error.cause : error;
}
