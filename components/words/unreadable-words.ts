import type { StoppingEvent } from "#domain/event/recorded.ts";

/** Why an event cannot be read, and until when: to be put after what names it, and after “once”. */
export function unreadableWords({ type, field }: Pick<StoppingEvent, "type" | "field">): {
  why: string;
  until: string;
} {
  return field === "type"
    ? {
        why: `has the unknown type “${type}”, written by a later version`,
        until: "that version runs again",
      }
    : { why: `(“${type}”) has a broken “${field}”`, until: "it is restored from a backup" };
}
