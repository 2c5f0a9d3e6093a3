import type { HaltReason } from "./recording.ts";

/** Why nothing is recorded, after a colon. */
export function haltWords(reason: HaltReason): string {
  switch (reason) {
    case "unavailable":
      return "the database is away";
    case "disk_full":
      return "the database's disk is full";
    case "read_only":
      return "the database may only be read";
    default:
      return reason satisfies never;
  }
}

/** What to do about it, as a sentence. */
export function haltAdvice(reason: HaltReason): string {
  switch (reason) {
    case "unavailable":
      return "Start the database, or look at its log.";
    case "disk_full":
      return "Make room on its disk.";
    case "read_only":
      return "Connect to the primary, or turn default_transaction_read_only off.";
    default:
      return reason satisfies never;
  }
}
