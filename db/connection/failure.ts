/**
 * Classes of failures that are not about the written data: connections, a transaction that may only read,
 * authorisation, a missing database, resources, locks, operators, the system, the configuration, the server
 * itself.
 */
const DOWN = new Set(["08", "25", "28", "3D", "53", "55", "57", "58", "F0", "XX"]);
const DISK_FULL = "53100";
const READ_ONLY = "25006";

/** Why no delivery can be stored. */
export type Hindrance = "disk_full" | "read_only" | "unavailable";

/**
 * What went wrong in a query: `busy` when the same may go through at once (deadlock, serialisation), `down`
 * when the database cannot work, and `data` for everything else: this batch can never be written.
 */
export function failureOf(error: unknown): "data" | "busy" | "down" {
  const code = postgresFailure(error)?.code;
  if (code === undefined) {
    return isOfConnection(causeOf(error)) ? "down" : "data";
  }
  const kind = code.slice(0, 2);
  if (kind === "40") return "busy";
  return DOWN.has(kind) ? "down" : "data";
}

/** Errors of connections, from the driver or the system, have a code; errors of our own code have none. */
function isOfConnection(error: unknown): boolean {
  const isOurs = error instanceof TypeError || error instanceof RangeError;
  return error instanceof Error && !isOurs && "code" in error && typeof error.code === "string";
}

/** Codes of the driver and the system for a database that is not reached. */
const UNREACHABLE = new Set([
  ...["CONNECT_TIMEOUT", "CONNECTION_CLOSED", "CONNECTION_DESTROYED", "CONNECTION_ENDED"],
  ...["ECONNREFUSED", "ECONNRESET", "EHOSTUNREACH", "ENETUNREACH", "ENOTFOUND", "EAI_AGAIN"],
  ...["EPIPE", "ETIMEDOUT"],
]);

/** The system's code for why the database is not reached; `null` where it is, or where something else failed. */
export function unreachable(error: unknown): string | null {
  const cause = causeOf(error);
  if (!(cause instanceof Error && "code" in cause && typeof cause.code === "string")) return null;
  return UNREACHABLE.has(cause.code) ? cause.code : null;
}

/** Whether a value itself was refused: it is out of range, or not of its type. */
export function isRefusedValue(error: unknown): boolean {
  return postgresFailure(error)?.code.startsWith("22") ?? false;
}

/** Why the database cannot write, for a failure that is `down`. */
export function hindranceOf(error: unknown): Hindrance {
  const code = postgresFailure(error)?.code;
  if (code === DISK_FULL) return "disk_full";
  return code === READ_ONLY ? "read_only" : "unavailable";
}

/** The fields of a failure that PostgreSQL reports. */
export interface PostgresFailure {
  code: string;
  message: string;
  table_name?: string;
  constraint_name?: string;
}

/**
 * The failure that PostgreSQL itself reported; `null` where something else went wrong. The server and the
 * routes that Next bundles have a driver each and share one pool, so an error of the one is no instance of a
 * class of the other: it is recognised by its fields.
 */
export function postgresFailure(error: unknown): PostgresFailure | null {
  const cause = causeOf(error);
  return isReported(cause) ? cause : null;
}

function isReported(error: unknown): error is Error & PostgresFailure {
  const isPostgres = error instanceof Error && error.name === "PostgresError" && "code" in error;
  return isPostgres && typeof error.code === "string";
}

/** The cause of an error that Drizzle wraps around a failed query. */
function causeOf(error: unknown): unknown {
  return error instanceof Error && "query" in error && "params" in error ? error.cause : error;
}
