import { setTimeout as pause } from "node:timers/promises";
import type { Database } from "#db/connection/client.ts";
import { postgresFailure, unreachable } from "#db/connection/failure.ts";
import { isReadOnly } from "#db/connection/writing.ts";
import type { Ms } from "#domain/time/ms.ts";
import { DeadlineExceeded } from "./deadline.ts";
import { errorWords } from "./error-facts.ts";
import { StartFailure } from "./start-failure.ts";

/** The database does not answer, which is not the user's mistake. The message is one line that says what to do. */
export class DatabaseAway extends StartFailure {
  override name = "DatabaseAway";
}

/** Where a database is; `log` is the path of its log where it is the embedded one. */
export interface DatabaseLocation {
  url: string;
  log: string | null;
}

/** Classes of conditions under which PostgreSQL accepts no one: connection, login, resources, operator, system. */
const ACCEPTS_NO_ONE = new Set(["08", "28", "3D", "53", "57", "58"]);

/** A failure of the database as one line for people; `null` where it is another failure. */
export function awayFor(error: unknown, { url, log }: DatabaseLocation): DatabaseAway | null {
  const reason = reasonOf(error);
  if (reason === null) return null;
  const { host } = new URL(url);
  const which = log === null ? "DATABASE_URL" : "the one that comes along";
  const advice =
    log === null
      ? "Start it or correct the address, or leave DATABASE_URL out to use the embedded database."
      : `Stop Rollcall, end what is left of the database, and start it again; its log is ${log}.`;
  const line = `The database at ${host} (${which}) does not answer: ${reason}. ${advice}`;
  return new DatabaseAway(line, { cause: error });
}

function reasonOf(error: unknown): string | null {
  if (error instanceof DeadlineExceeded) return "nothing came back in time";
  const failure = postgresFailure(error);
  if (failure !== null) {
    return ACCEPTS_NO_ONE.has(failure.code.slice(0, 2)) ? errorWords(error) : null;
  }
  return unreachable(error);
}

const ASKED_EVERY_MS: Ms = 5_000;
/** A single one may be this process's own delay. */
const MOST_UNANSWERED = 4;

/** Resolves as the work; rejects with `DeadlineExceeded` where the database stops answering during it. */
export async function whileAnswering<T>(
  { health }: Pick<Database, "health">,
  work: () => Promise<T>,
  askedEveryMs = ASKED_EVERY_MS,
): Promise<T> {
  const over = new AbortController();
  const { signal } = over;
  const answers = async () => {
    try {
      // It reads no table, so no lock on a table delays it.
      await isReadOnly(health);
      return true;
    } catch (error) {
      // An error of the database is an answer too.
      return unreachable(error) === null;
    }
  };
  const asking = async (): Promise<never> => {
    for (let unanswered = 0; unanswered < MOST_UNANSWERED; ) {
      let hasAnswered = false;
      void answers().then((answer) => (hasAnswered = answer));
      await pause(askedEveryMs, undefined, { signal });
      unanswered = hasAnswered ? 0 : unanswered + 1;
    }
    throw new DeadlineExceeded();
  };
  try {
    return await Promise.race([work(), asking()]);
  } finally {
    over.abort();
  }
}
