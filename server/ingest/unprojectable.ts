import type { Database } from "#db/connection/client.ts";
import { UnreadableRecord } from "#db/recording/events.ts";
import { claim, markUnreadable, stopRoom } from "#db/recording/unprojected.ts";
import type { Ms } from "#domain/time/ms.ts";
import { errorWords } from "#server/runtime/error-facts.ts";
import { type Kept, roomName } from "./project.ts";

const REASON_LENGTH = 500;

/** Why a batch can never be projected as it is. */
export interface Unprojectable {
  /** For the log. */
  message: string;
  /** What is logged at most once a minute; `null` for what comes once. */
  often: string | null;
  /** Stores it, so that the batch is not tried again. */
  store: () => Promise<void>;
}

/**
 * What an error that is not of the database's state says of a batch: that its only room is stopped, by an event that
 * cannot be read, or that its only delivery cannot be recorded. `null` where it may be about a part of the batch.
 */
export function unprojectable(
  { projector }: Pick<Database, "projector">,
  batch: readonly Kept[],
  error: unknown,
  now: Ms,
): Unprojectable | null {
  const [first] = batch;
  if (first === undefined) return null;
  const { sourceId, room, deliveryId } = first;
  const isOneRoom = batch.every((one) => one.sourceId === sourceId && one.room === room);
  if (error instanceof UnreadableRecord && isOneRoom) {
    return {
      message: "room not projected",
      often: roomName(sourceId, room),
      store: () => stopRoom(projector.orm, first, error.event),
    };
  }
  if (batch.length > 1) return null;
  const words = `could not be recorded: ${errorWords(error)}`;
  const reason = words.slice(0, REASON_LENGTH).toWellFormed().replaceAll("\0", "");
  return {
    message: "delivery not projected",
    often: null,
    store: () =>
      projector.transaction(async (tx) => {
        const own = await claim(tx, [deliveryId], now);
        if (own.size > 0) await markUnreadable(tx, deliveryId, reason);
      }),
  };
}
