import type { RefusalReason, RefusedReason } from "./recording.ts";

/** The same also of webhooks that were sent to no source. */
export function refusedWords(reason: RefusedReason): { why: string; advice: string } {
  return reason === "unknown_source"
    ? {
        why: "no source has that address",
        advice: "Enter the webhook path at the provider that `source list` prints.",
      }
    : refusalWords(reason);
}

/** Why a webhook was refused, after a colon, and what to do about it, as a sentence. */
export function refusalWords(reason: RefusalReason): { why: string; advice: string } {
  switch (reason) {
    case "signature_missing":
      return {
        why: "it was not signed",
        advice:
          "Give the provider this source's secret, or let the proxy pass on every header of it.",
      };
    case "signature_mismatch":
      return {
        why: "the signature is wrong",
        advice:
          "The provider signs with another secret: enter this source's there, or give this source a new one by rotating it.",
      };
    case "timestamp_missing":
      return {
        why: "it carried no time",
        advice: "Let the proxy pass on every header of the provider.",
      };
    case "timestamp_outside_tolerance":
      return {
        why: "its time is too far from ours",
        advice: "Set the clock of this machine, or raise ROLLCALL_TIMESTAMP_TOLERANCE.",
      };
    case "paused":
      return {
        why: "the source is paused",
        advice: "Resume it on its page, or with source resume.",
      };
    case "too_large":
      return { why: "it was larger than 1 MiB", advice: "Look at what the provider sends." };
    case "unfinished":
      return {
        why: "it did not arrive whole",
        advice: "Look at the proxy, and at the network before it.",
      };
    case "overloaded":
      return {
        why: "more came than could be kept safely",
        advice: "Look at how busy the database and this machine are.",
      };
    case "secret_unreadable":
      return {
        why: "no secret of the source opens",
        advice: "Set the ROLLCALL_SECRET with which the source was added.",
      };
    case "not_stored":
      return {
        why: "the database did not take it",
        advice: "Look at the database, and at its log.",
      };
    default:
      return reason satisfies never;
  }
}
