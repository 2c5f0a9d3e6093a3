import type { ActKind } from "#domain/desk/acts/act-kind.ts";
import { inBrackets, noted } from "./noted.ts";

const ACTED: Readonly<Record<string, string>> = {
  open_as_host: "opened as host",
  admit_all: "asked to let in everybody who waits for",
  eject: "asked to remove from the meeting",
};

const ACT_TRIED: Readonly<Record<string, string>> = {
  open_as_host: "opening as host",
  admit_all: "letting in everybody who waits for",
  eject: "removing from the meeting",
};

/** What is done with rooms and their groups. */
export const ROOM_ACTIONS = {
  "room.changed": noted<{ changed: readonly string[] }>("Changed a room’s register", ({ text }) => [
    "changed the register of",
    inBrackets(text("changed")),
  ]),
  "room.titled": noted("Titled a room", "titled the room"),
  "room.told": noted<{ removed: boolean }>("Told those who wait something", ({ is }) =>
    is("removed")
      ? "told nothing any more to those who wait for"
      : "told something to those who wait for",
  ),
  "group.made": noted("Made a group of rooms", "made the group of rooms"),
  "group.changed": noted("Changed a group of rooms", "changed the group of rooms"),
  "group.removed": noted("Took a group of rooms away", "took away the group of rooms"),
};

/** What is done at the desk about those who wait, and in meetings through the API of a provider. */
export const WAIT_ACTIONS = {
  "wait.claimed": noted("Took a wait on", "took on the wait of"),
  "wait.released": noted<{ of: string }>("Gave a wait up", ({ text }) => [
    "gave up the wait of",
    text("of") && `that ${text("of")} had taken on`,
  ]),
  "wait.noted": noted<{ removed: boolean }>("Wrote a note about a wait", ({ is }) =>
    is("removed") ? "took back the note about the wait of" : "wrote a note about the wait of",
  ),
  "wait.followed_up": noted<{ outcome: string }>("Followed up on a wait", ({ text }) => {
    const outcome = text("outcome");
    if (!outcome) return "took back the follow-up on the wait of";
    return ["followed up on the wait of", inBrackets(outcome.replaceAll("_", " "))];
  }),
  "meeting.acted": noted<{ act: ActKind; provider: string }>(
    "Asked a provider to act in a meeting",
    ({ text }) => [
      ACTED[text("act") ?? ""] ?? "acted in",
      text("provider") && `at ${text("provider")}`,
    ],
  ),
  "meeting.act_failed": noted<{ act: ActKind; provider: string; reason: string }>(
    "Was refused by a provider that was asked to act",
    ({ text }) => [
      `was refused at ${text("provider") ?? "the provider"}: ${ACT_TRIED[text("act") ?? ""] ?? "acting in"}`,
      inBrackets(text("reason")),
    ],
  ),
  "wait.acted": noted<{ link: string }>("Used a link for somebody who waits", ({ text }) => [
    "used a link for",
    inBrackets(text("link")),
  ]),
};

/** Alerts, and where they are told. */
export const ALERT_ACTIONS = {
  "alert_rule.made": noted<{ kind: string }>("Made an alert rule", "made the alert rule"),
  "alert_rule.changed": noted<{ changed: readonly string[] }>(
    "Changed an alert rule",
    ({ text }) => ["changed the alert rule", inBrackets(text("changed"))],
  ),
  "alert_rule.removed": noted("Removed an alert rule", "removed the alert rule"),
  "alert.acknowledged": noted("Acknowledged an alert", "acknowledged the alert"),
  "alert_channel.added": noted<{ kind: string }>("Added a channel for alerts", ({ text }) => [
    "added the channel for alerts",
    inBrackets(text("kind")),
  ]),
  "alert_channel.changed": noted<{ changed: readonly string[] }>(
    "Changed a channel for alerts",
    ({ text }) => ["changed the channel for alerts", inBrackets(text("changed"))],
  ),
  "alert_channel.removed": noted("Removed a channel for alerts", "removed the channel for alerts"),
  "alert_channel.tested": noted<{ taken: boolean }>("Tried a channel for alerts", ({ is }) => [
    "tried the channel for alerts",
    is("taken") ? null : "(not taken)",
  ]),
  "device.added": noted("Had alerts pushed to a device", "had alerts pushed to"),
  "device.removed": noted("Had alerts pushed to a device no more", "had alerts pushed no more to"),
};
