import { DrizzleQueryError } from "drizzle-orm";
import postgres from "postgres";

/**
 * What went wrong in a query: `data` when this batch can never be written (a value PostgreSQL refuses),
 * `busy` when the same may go through at once (deadlock, serialisation), `down` for everything else.
 */
export function failureOf(error: unknown): "data" | "busy" | "down" {
  const cause = error instanceof DrizzleQueryError ? error.cause : error;
  if (!(cause instanceof postgres.PostgresError)) {
    return cause instanceof TypeError || cause instanceof RangeError ? "data" : "down";
  }
  const kind = cause.code.slice(0, 2);
  if (kind === "40") return "busy";
  // 22: data exceptions, 23: constraints, 54: program limits such as an index row too large, P0: raised.
  return ["22", "23", "54", "P0"].includes(kind) ? "data" : "down";
}
