import { ACTIONS, type ActorKind, type AuditAction } from "./audit.ts";
import type { AuditedKind } from "./audited.ts";
import { type Counting, type Deed, inQuotes, type NotedFacts } from "./noted.ts";

/** Who does things, for the filter of the page. */
export const ACTOR_WORDS: Readonly<Record<ActorKind, string>> = {
  member: "Members",
  key: "API keys",
  this_machine: "People at this machine",
  command: "Commands",
  link: "Holders of a link",
  nobody: "Rollcall itself",
};

/** By what somebody came, beside their name. */
export const CAME_BY: Readonly<Record<ActorKind, string | null>> = {
  member: null,
  key: "API key",
  this_machine: "at this machine",
  command: "command",
  link: null,
  nobody: null,
};

/** What something is where its name is not known, or was erased. */
const UNNAMED: Readonly<Record<AuditedKind, string>> = {
  member: "a member",
  key: "a key",
  source: "a source",
  room: "a room",
  room_group: "a group of rooms",
  device: "a device",
  meeting: "a meeting",
  person: "a person",
  wait: "somebody who waited",
  scheduled_meeting: "a scheduled meeting",
  class_list: "a class list",
  import: "an import",
  statement: "somebody",
  share: "a link",
  month: "a month",
  endpoint: "an address",
  alert_rule: "an alert rule",
  alert: "an alert",
  alert_channel: "a channel for alerts",
};

/** What an entry says, in plain English. */
export function deedOf(entry: NotedFacts & { action: AuditAction }, counting: Counting): Deed {
  const { action, about } = entry;
  const named = about === null ? null : (about.label ?? UNNAMED[about.kind]);
  return { ...ACTIONS[action].says(entry, counting), about: named };
}

/** The whole sentence, as in a file: `took out meetings.csv (1,204 rows)`. */
export function deedWords({ did, about, more }: Deed): string {
  return [did, inQuotes(about), more].filter((part) => part !== null).join(" ");
}
