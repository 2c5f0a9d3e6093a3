import type { LinkKind } from "#domain/access/link.ts";
import type { Scope } from "#domain/access/scope.ts";
import { inBrackets, inQuotes, noted } from "./noted.ts";

/** What somebody did with the link that let them in. */
const JOINED: Readonly<Record<string, string>> = {
  set_up: "became the owner as",
  invitation: "accepted the invitation of",
  reset: "chose a new password for",
  account: "came in for the first time, by an account elsewhere, as",
};

/** Who comes in, and who may what. */
export const ACCESS_ACTIONS = {
  "sign_in.succeeded": noted("Signed in", "signed in"),
  "sign_in.failed": noted<{ reason: string }>("Could not sign in", ({ text }) => [
    "could not sign in",
    inBrackets(text("reason")),
  ]),
  "sessions.ended": noted<{ whose: "everybody" | "own" | "one" }>(
    "Ended sessions",
    ({ text, isAbout }) => {
      if (text("whose") === "everybody") return "ended every session";
      return isAbout ? "ended the sessions of" : "ended their own sessions";
    },
  ),
  "member.invited": noted<{ role: string }>("Invited a member", ({ text }) => [
    "invited",
    text("role") && `as ${text("role")}`,
  ]),
  "member.changed": noted<{ changed: readonly string[] }>("Changed a member", ({ text }) => [
    "changed",
    inBrackets(text("changed")),
  ]),
  "member.removed": noted("Removed a member", "removed the member"),
  "member.joined": noted<{ by: LinkKind | "account" }>(
    "Used a link to come in",
    ({ text }) => JOINED[text("by") ?? ""] ?? "came in as",
  ),
  "link.made": noted<{ kind: LinkKind }>("Made a link to come in", ({ isAbout }) =>
    isAbout ? "made a link to come in for" : "made the link for the first owner",
  ),
  "password.changed": noted("Changed a password", "changed the password of"),
  "second_factor.set": noted<{ on: boolean }>("Turned a code on or off", ({ is }) =>
    is("on") ? "turned the code on for" : "turned the code off for",
  ),
  "key.created": noted<{ scopes: readonly Scope[]; expires: boolean }>("Made a key", ({ text }) => [
    "made the key",
    inBrackets(text("scopes")),
  ]),
  "key.revoked": noted("Revoked a key", "revoked the key"),
  "access.refused": noted<{ needed: string; operation: string }>("Was refused", ({ text }) => [
    "was refused",
    inQuotes(text("operation")),
  ]),
};
