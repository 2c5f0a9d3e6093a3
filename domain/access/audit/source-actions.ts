import { inBrackets, noted } from "./noted.ts";

/** What is done to sources. */
export const SOURCE_ACTIONS = {
  "source.added": noted<{ provider: string }>("Added a source", ({ text }) => [
    "added the source",
    inBrackets(text("provider")),
  ]),
  "source.changed": noted<{ changed: readonly string[] }>("Changed a source", ({ text }) => [
    "changed the source",
    inBrackets(text("changed")),
  ]),
  "source.rotated": noted("Gave a source a new secret", "gave a new secret to the source"),
  "source.retired": noted<{ secrets: number }>("Retired secrets of a source", ({ counted }) => [
    "retired the old secrets of the source",
    inBrackets(counted("secrets", "secret", "secrets")),
  ]),
  "source.paused": noted("Paused a source", "paused the source"),
  "source.resumed": noted("Resumed a source", "resumed the source"),
  "source.connected": noted<{ webhook: "created" | "updated"; key_kept: boolean }>(
    "Made the webhook of a source",
    ({ text, is }) => [
      text("webhook") === "updated"
        ? "updated the webhook at the provider of"
        : "made the webhook at the provider of",
      is("key_kept") ? "and kept its API key" : null,
    ],
  ),
  "source.expired": noted<{ deliveries: number; meetings: number; people: number }>(
    "Did away with what is old",
    ({ counted }) => {
      const gone = [
        counted("deliveries", "delivery", "deliveries"),
        counted("meetings", "meeting without its people", "meetings without their people"),
      ];
      return [
        "did away with what is old of the source",
        inBrackets(gone.filter((part) => part !== null).join(", ")),
      ];
    },
  ),
  "source.deleted": noted<{ meetings: number; people: number; deliveries: number }>(
    "Deleted a source",
    ({ counted }) => ["deleted the source", inBrackets(counted("meetings", "meeting", "meetings"))],
  ),
};

/** What is done with the deliveries of sources. */
export const DELIVERY_ACTIONS = {
  "deliveries.replayed": noted<{ deliveries?: number; which?: string }>(
    "Read deliveries again",
    ({ text, counted, isAbout }) => {
      const some = counted("deliveries", "delivery", "deliveries");
      if (text("which") === "unreadable") {
        return ["read again what could not be read", inBrackets(some)];
      }
      if (some !== null) return `read ${some} again`;
      return isAbout ? "read the deliveries again of the room of" : "read every delivery again";
    },
  ),
  "deliveries.dropped": noted<{ deliveries: number }>("Dropped deliveries", ({ counted }) => [
    "dropped the deliveries of",
    inBrackets(counted("deliveries", "delivery", "deliveries")),
  ]),
  "delivery.signed": noted<{ delivery: string }>("Had a delivery signed", ({ text }) => [
    "had a delivery signed with the secret of",
    inBrackets(text("delivery")),
  ]),
};
