import type { Database } from "#db/connection/client.ts";
import {
  indexClassLists,
  indexExpected,
  indexNames,
  indexRooms,
  indexScheduled,
} from "#db/recording/search-words.ts";

/** Rows in one transaction: some tens of milliseconds, for which nobody waits. */
const AT_ONCE = 2_000;

const ALL = [indexRooms, indexNames, indexScheduled, indexExpected, indexClassLists];

interface Log {
  info: (about: object, message: string) => void;
  error: (about: object, message: string) => void;
}

/**
 * Tells the words by which names, rooms and whoever is expected are found, of those that were kept before there were any. Stopped
 * anywhere it goes on with the rest when it is begun again, and several processes share the work. Answers how
 * many were told.
 */
export async function indexSearchWords(
  database: Database,
  log: Log,
  isStopped: () => boolean = () => false,
  atOnce = AT_ONCE,
): Promise<number> {
  let projectedCount = 0;
  for (const some of ALL) {
    for (;;) {
      const count = isStopped() ? 0 : await database.transaction((tx) => some(tx, atOnce));
      if (count === 0) break;
      if (projectedCount === 0)
        log.info({}, "the words to search by are told of what was there before");
      projectedCount += count;
    }
  }
  if (projectedCount > 0)
    log.info(
      { told: projectedCount },
      isStopped() ? "words to search by: stopped" : "all can be searched",
    );
  return projectedCount;
}

/** As `tellWords`, for whoever does not wait for it, and again whenever it is asked for. */
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
  tell(): void {
    this.#underWay ??= indexSearchWords(this.#database, this.#log, () => this.#isStopped)
      .catch((error: unknown) => {
        this.#log.error(
          { err: error },
          "the words to search by were not told; that is tried again",
        );
      })
      .finally(() => {
        this.#underWay = null;
      });
  }

  /** Stops after the rows that are being told. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#underWay;
  }
}
