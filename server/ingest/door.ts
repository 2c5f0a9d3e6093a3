import type { Recorder } from "#db/client.ts";
import { failureOf, hindranceOf } from "#db/failure.ts";
import { noteSecretUsed } from "#db/secrets.ts";
import { onceAMinute } from "#server/auth/once-a-minute.ts";
import { errorWords } from "#server/error-facts.ts";
import { Refusals } from "#server/recording/refusals.ts";
import { createBatcher } from "./batch.ts";
import { Keeping } from "./keeping.ts";
import { createSourceBook } from "./known-sources.ts";
import type { Door } from "./receive.ts";
import { type Arrival, type Receipt, record } from "./record.ts";

/** Deliveries in one transaction, and deliveries that may wait for the next. */
const BATCH = 500;
const QUEUE = 10_000;
/** Providers wait ten seconds for an answer, and take none for a failure as grave as a wrong one. */
const ANSWER_WITHIN_MS = 8_000;
/** How often a batch is tried again when the database only says that it was in somebody's way. */
const TRIES = 5;

/** Puts a door together: where webhooks are looked up, batched and recorded. */
export function createDoor(
  database: Recorder,
  options: Pick<Door, "log" | "toleranceMs" | "now"> & {
    secret: string;
    keeping?: Keeping;
    refusals?: Refusals;
  },
): Door {
  const keeping = options.keeping ?? new Keeping();
  const flush = async (batch: readonly Arrival[]): Promise<Receipt[]> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const receipts = await record(database, batch, options.now());
        keeping.kept(options.now());
        return receipts;
      } catch (error) {
        const failure = failureOf(error);
        if (failure === "down") keeping.failed(options.now(), hindranceOf(error));
        if (failure !== "busy" || attempt === TRIES) throw error;
      }
    }
  };
  const isDue = onceAMinute();
  return {
    ...options,
    keeping,
    refusals: options.refusals ?? new Refusals(),
    noteUse: (secretId, now) => {
      if (!isDue(secretId, now)) return;
      // It is for people to look at: a webhook that is kept does not fail for it.
      noteSecretUsed(database.orm, secretId, now).catch(() => undefined);
    },
    findSource: createSourceBook(database.orm, options.secret, options.log),
    answerWithinMs: ANSWER_WITHIN_MS,
    batcher: createBatcher({
      flush,
      rescue: async (arrival, error) => {
        options.log.error(
          { err: error, source: arrival.delivery.sourceId },
          "delivery kept unread",
        );
        const [receipt] = await flush([unread(arrival, error)]);
        return receipt ?? "unreadable";
      },
      isFaultOfBatch: (error) => failureOf(error) === "data",
      most: BATCH,
      queue: QUEUE,
    }),
  };
}

/**
 * The same delivery, kept for a later `replay` with the reason it could not be told. Without its room, which
 * may be that reason.
 */
function unread({ delivery, rules }: Arrival, error: unknown): Arrival {
  const reason = `could not be recorded: ${errorWords(error)}`;
  return {
    delivery: {
      ...delivery,
      room: null,
      status: "unreadable",
      reason: reason.slice(0, 500).toWellFormed().replaceAll("\0", ""),
    },
    rules,
    about: null,
  };
}
