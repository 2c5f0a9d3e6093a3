import { inBrackets, noted } from "./noted.ts";

/** What is set for all, demonstrations, backups, and the log itself. */
export const INSTALLATION_ACTIONS = {
  "settings.changed": noted<{ setting: string; to: string }>("Changed a setting", ({ text }) => [
    `set the ${text("setting") ?? "setting"}`,
    text("to") && `to ${text("to")}`,
  ]),
  "demo.made": noted<{ by: "seed" | "simulate" }>("Made a demonstration", ({ text }) => [
    "made a demonstration",
    inBrackets(text("by")),
  ]),
  "demo.removed": noted<{ meetings: number; people: number; deliveries: number }>(
    "Removed the demonstration",
    ({ counted }) => [
      "removed the demonstration",
      inBrackets(counted("meetings", "meeting", "meetings")),
    ],
  ),
  "backup.made": noted<{ scheduled: boolean; encrypted: boolean; failure?: string }>(
    "Made a backup",
    ({ text, is, outcome }) => {
      const what = is("scheduled") ? "a scheduled backup" : "a backup";
      if (outcome !== "done") return [`could not make ${what}`, inBrackets(text("failure"))];
      return [`made ${what}`, is("encrypted") ? "(encrypted)" : null];
    },
  ),
  "backup.restored": noted<{ made: string }>("Restored a backup", ({ text }) => [
    "restored the backup",
    inUtc("of", text("made")),
  ]),
  "export.made": noted("Made a file with made-up names", "took everything out with made-up names"),
  "audit.trimmed": noted<{ entries: number; before: string }>(
    "Old entries deleted",
    ({ text, counted }) => [
      `deleted ${counted("entries", "old entry", "old entries") ?? "old entries"} of this log`,
      inUtc("from before", text("before")),
    ],
  ),
};

/** Other systems that are told. */
export const ENDPOINT_ACTIONS = {
  "endpoint.added": noted<{ triggers: readonly string[] }>("Added a webhook", ({ text }) => [
    "added the webhook to",
    inBrackets(text("triggers")),
  ]),
  "endpoint.changed": noted<{ changed: readonly string[] }>("Changed a webhook", ({ text }) => [
    "changed the webhook to",
    inBrackets(text("changed")),
  ]),
  "endpoint.rotated": noted(
    "Rotated the secret of a webhook",
    "rotated the secret of the webhook to",
  ),
  "endpoint.tested": noted<{ taken: boolean }>("Tried a webhook", ({ is }) => [
    "tried the webhook to",
    is("taken") ? null : "(not taken)",
  ]),
  "endpoint.resent": noted<{ messages: number }>("Sent webhooks again", ({ counted }) => [
    "sent again to",
    inBrackets(counted("messages", "message", "messages")),
  ]),
  "endpoint.paused": noted<{ for: string }>("Paused a webhook by itself", ({ text }) => [
    "paused the webhook to",
    text("for") === "gone" ? "(nobody is there any more)" : "(it took nothing for two days)",
  ]),
  "endpoint.removed": noted("Removed a webhook", "removed the webhook to"),
};

/** A moment as `of 2026-11-20 10:00 UTC`. */
function inUtc(before: string, moment: string | null): string | null {
  return moment && `${before} ${moment.slice(0, 16).replace("T", " ")} UTC`;
}
