import type { Database } from "#db/connection/client.ts";
import { postgresFailure, unreachable } from "#db/connection/failure.ts";
import { isCurrent, migrate } from "#db/connection/migrate.ts";
import { awayFor, type DatabaseLocation } from "./database-away.ts";
import { StartFailure } from "./start-failure.ts";

/**
 * Brings the database to the current schema. Throws `StartFailure` with one line that says what to do where
 * the database refuses, or is not there.
 */
export async function bringUpToDate(
  { url, log }: DatabaseLocation,
  { sql }: Pick<Database, "sql">,
): Promise<void> {
  try {
    // By a connection that is needed anyway: to make one of its own takes longer than to ask.
    if (await isCurrent(sql)) return;
    await migrate(url);
  } catch (error) {
    if (unreachable(error) !== null) throw awayFor(error, { url, log }) ?? error;
    const failure = postgresFailure(error);
    if (failure === null) throw error;
    throw new StartFailure(
      `The database at ${new URL(url).host} cannot be made ready: ${failure.message} (${failure.code}). ${adviceFor(failure.code)}`,
      { cause: error },
    );
  }
}

function adviceFor(code: string): string {
  switch (code) {
    case "42501":
      return "Let the role of DATABASE_URL create in it, for example by making it the database's owner.";
    case "25006":
      return "It may only be read: set DATABASE_URL to the primary.";
    case "53100":
      return "Make room on its disk.";
    default:
      return "More is in the database's own log.";
  }
}
