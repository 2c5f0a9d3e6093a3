import type { Database } from "#db/connection/client.ts";
import {
  indexClassLists,
  indexExpected,
  indexNames,
  indexRooms,
  indexScheduled,
} from "#db/recording/search-words.ts";

/** Rows in one transaction: some tens of milliseconds, for which no request waits. */
const AT_ONCE = 2_000;

const ALL = [indexRooms, indexNames, indexScheduled, indexExpected, indexClassLists];

interface Log {
  info: (about: object, message: string) => void;
  error: (about: object, message: string) => void;
}

/**
 * Indexes the search words of names, rooms and expected people that were stored before there were any. Stopped
 * anywhere, it goes on with the rest when it begins again, and several processes share the work. Returns how many
 * rows were indexed.
 */
export async function indexSearchWords(
  database: Database,
  log: Log,
  isStopped: () => boolean = () => false,
  atOnce = AT_ONCE,
): Promise<number> {
  let indexed = 0;
  for (const indexNext of ALL) {
    for (;;) {
      const count = isStopped() ? 0 : await database.transaction((tx) => indexNext(tx, atOnce));
      if (count === 0) break;
      if (indexed === 0) log.info({}, "search words are being indexed for older rows");
      indexed += count;
    }
  }
  if (indexed > 0)
    log.info(
      { told: indexed },
      isStopped() ? "words to search by: stopped" : "all can be searched",
    );
  return indexed;
}

/** As `indexSearchWords`, for a caller that does not wait, and again whenever it is asked for. */
export class SearchIndexing {
  readonly #database: Database;
  readonly #log: Log;
  #underWay: Promise<unknown> | null = null;
  #isStopped = false;

  constructor(database: Database, log: Log) {
    this.#database = database;
    this.#log = log;
  }

  /** Begins, unless it is under way. */
  start(): void {
    this.#underWay ??= indexSearchWords(this.#database, this.#log, () => this.#isStopped)
      .catch((error: unknown) => {
        this.#log.error({ err: error }, "search words could not be indexed; trying again");
      })
      .finally(() => {
        this.#underWay = null;
      });
  }

  /** Stops after the rows that are being indexed. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#underWay;
  }
}
