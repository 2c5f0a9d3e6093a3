import type { Tone } from "#components/ui/pill.tsx";
import type { DeliveryResult, DeliverySummary } from "#domain/event/delivery.ts";

/** What a filter by results offers. */
export const RESULT_WORDS: Readonly<Record<DeliveryResult, string>> = {
  recorded: "Recorded",
  repeated: "Came again",
  ignored: "Ignored",
  unreadable: "Unreadable",
  waiting: "Not projected yet",
};

type Judged = Pick<DeliverySummary, "status" | "reason" | "waits" | "events" | "type">;

/** What became of a delivery, in a word, and why. */
export function resultOf({ status, reason, waits, events, type }: Judged): {
  word: string;
  tone: Tone;
  why: string | null;
} {
  if (status === "unreadable") {
    return { word: "unreadable", tone: "lost", why: reason ?? "its reason is not shown to you" };
  }
  if (waits === "stopped") {
    const why = "an event in its room cannot be read, so nothing of that room is projected";
    return { word: "stopped", tone: "lost", why };
  }
  if (waits === "turn") {
    return { word: "waits", tone: "waiting", why: "kept, and to be projected in its turn" };
  }
  if (status === "ignored") {
    const why =
      type === null ? "holds nothing of attendance" : `${type} tells nothing of attendance`;
    return { word: "ignored", tone: "plain", why: reason ?? why };
  }
  if (events === 0) {
    const why = "recorded, and none of its events is left: erased, or read otherwise since";
    return { word: "recorded", tone: "plain", why };
  }
  return { word: "recorded", tone: "present", why: null };
}
