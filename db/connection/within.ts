import type { RecordingClient } from "./client.ts";
import type { Transaction } from "./session.ts";

/** A client whose work is a part of a transaction that is under way. */
export function within(tx: Transaction): RecordingClient {
  return { orm: tx, transaction: (work) => work(tx) };
}
