import type {
  ActorKind,
  AuditAction,
  AuditDetails,
  Audited,
  AuditedKind,
  AuditOutcome,
} from "./audit.ts";

/** A number with its noun, as `1,204 rows`: how numbers are written is the reader's. */
export type Counting = (count: number, one: string, many: string) => string;

/** What was done, as a sentence without who did it. It is about something named between `did` and `more`, if at all. */
export interface Deed {
  did: string;
  about: string | null;
  more: string | null;
}

/** What somebody did, for the filter of the page: `Made a key`. */
export const ACTION_WORDS: Readonly<Record<AuditAction, string>> = {
  "sign_in.succeeded": "Signed in",
  "sign_in.failed": "Could not sign in",
  "sessions.ended": "Ended sessions",
  "member.invited": "Invited a member",
  "member.changed": "Changed a member",
  "member.removed": "Removed a member",
  "member.joined": "Used a link to come in",
  "link.made": "Made a link to come in",
  "password.changed": "Changed a password",
  "second_factor.set": "Turned a code on or off",
  "key.created": "Made a key",
  "key.revoked": "Revoked a key",
  "access.refused": "Was refused",
  "source.added": "Added a source",
  "source.changed": "Changed a source",
  "source.rotated": "Gave a source a new secret",
  "source.retired": "Retired secrets of a source",
  "source.paused": "Paused a source",
  "source.resumed": "Resumed a source",
  "source.connected": "Made the webhook of a source",
  "source.expired": "Did away with what is old",
  "source.deleted": "Deleted a source",
  "settings.changed": "Changed a setting",
  "room.changed": "Changed a room’s register",
  "room.titled": "Titled a room",
  "room.told": "Told those who wait something",
  "group.made": "Made a group of rooms",
  "group.changed": "Changed a group of rooms",
  "group.removed": "Took a group of rooms away",
  "correction.made": "Made a correction",
  "correction.withdrawn": "Took a correction back",
  "wait.claimed": "Took a wait on",
  "wait.released": "Gave a wait up",
  "wait.noted": "Wrote a note about a wait",
  "wait.followed_up": "Followed up on a wait",
  "meeting.acted": "Asked a provider to act in a meeting",
  "meeting.act_failed": "Was refused by a provider that was asked to act",
  "wait.acted": "Used a link for somebody who waits",
  "alert_rule.made": "Made an alert rule",
  "alert_rule.changed": "Changed an alert rule",
  "alert_rule.removed": "Removed an alert rule",
  "alert.acknowledged": "Acknowledged an alert",
  "alert_channel.added": "Added a channel for alerts",
  "alert_channel.changed": "Changed a channel for alerts",
  "alert_channel.removed": "Removed a channel for alerts",
  "alert_channel.tested": "Tried a channel for alerts",
  "device.added": "Had alerts pushed to a device",
  "device.removed": "Had alerts pushed to a device no more",
  "schedule.made": "Scheduled a meeting",
  "schedule.changed": "Changed a scheduled meeting",
  "schedule.withdrawn": "Withdrew a scheduled meeting",
  "schedule.restored": "Restored a scheduled meeting",
  "match.made": "Said who somebody is",
  "match.withdrawn": "Took back who somebody is",
  "class_list.made": "Made a class list",
  "class_list.changed": "Changed a class list",
  "class_list.removed": "Deleted a class list",
  "class_list.assigned": "Gave a room a class list",
  "import.done": "Imported a file",
  "import.undone": "Took an import back",
  "statement.made": "Issued a statement",
  "statement.opened": "Looked at a statement",
  "file.taken": "Took out a file",
  "person.erased": "Erased a person",
  "share.made": "Made a link",
  "share.opened": "Opened a link",
  "share.revoked": "Revoked a link",
  "demo.made": "Made a demonstration",
  "demo.removed": "Removed the demonstration",
  "deliveries.replayed": "Read deliveries again",
  "deliveries.dropped": "Dropped deliveries",
  "delivery.signed": "Had a delivery signed",
  "backup.made": "Made a backup",
  "backup.restored": "Restored a backup",
  "export.made": "Made a file with made-up names",
  "audit.trimmed": "Old entries deleted",
  "endpoint.added": "Added a webhook",
  "endpoint.changed": "Changed a webhook",
  "endpoint.rotated": "Rotated the secret of a webhook",
  "endpoint.tested": "Tried a webhook",
  "endpoint.resent": "Sent webhooks again",
  "endpoint.paused": "Paused a webhook by itself",
  "endpoint.removed": "Removed a webhook",
};

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

/** What somebody did with the link that let them in. */
const JOINED: Readonly<Record<string, string>> = {
  set_up: "became the owner as",
  invitation: "accepted the invitation of",
  reset: "chose a new password for",
  account: "came in for the first time, by an account elsewhere, as",
};

const VERDICTS: Readonly<Record<string, string>> = {
  same: "some of its people are one",
  different: "some of its people are not one",
  note_taker: "somebody is a note-taker",
  person: "somebody is a person",
  joined: "it and another are one",
  parted: "it is two",
  not_here: "somebody is not there any more",
};

/** What an entry says, in plain English. */
export function deedOf(
  {
    action,
    about,
    details,
    outcome,
  }: { action: AuditAction; about: Audited | null; details: AuditDetails; outcome: AuditOutcome },
  counting: Counting,
): Deed {
  const named = about === null ? null : (about.label ?? UNNAMED[about.kind]);
  const said = (did: string, more: string | null = null): Deed => ({ did, about: named, more });
  const one = (name: string) => textIn(details, name);
  const counted = (name: string, single: string, many: string) => {
    const count = details[name];
    return typeof count === "number" ? counting(count, single, many) : null;
  };
  switch (action) {
    case "sign_in.succeeded":
      return said("signed in");
    case "sign_in.failed":
      return said("could not sign in", inBrackets(one("reason")));
    case "sessions.ended":
      if (one("whose") === "everybody") return said("ended every session");
      return said(named === null ? "ended their own sessions" : "ended the sessions of");
    case "member.invited":
      return said("invited", one("role") && `as ${one("role")}`);
    case "member.changed":
      return said("changed", inBrackets(one("changed")));
    case "member.removed":
      return said("removed the member");
    case "member.joined":
      return said(JOINED[one("by") ?? ""] ?? "came in as");
    case "link.made":
      return said(
        named === null ? "made the link for the first owner" : "made a link to come in for",
      );
    case "password.changed":
      return said("changed the password of");
    case "second_factor.set":
      return said(details["on"] === true ? "turned the code on for" : "turned the code off for");
    case "key.created":
      return said("made the key", inBrackets(one("scopes")));
    case "key.revoked":
      return said("revoked the key");
    case "access.refused":
      return said("was refused", inQuotes(one("operation")));
    case "source.added":
      return said("added the source", inBrackets(one("provider")));
    case "source.changed":
      return said("changed the source", inBrackets(one("changed")));
    case "source.rotated":
      return said("gave a new secret to the source");
    case "source.retired":
      return said(
        "retired the old secrets of the source",
        inBrackets(counted("secrets", "secret", "secrets")),
      );
    case "source.paused":
      return said("paused the source");
    case "source.resumed":
      return said("resumed the source");
    case "source.connected":
      return said(
        one("webhook") === "updated"
          ? "updated the webhook at the provider of"
          : "made the webhook at the provider of",
        details["key_kept"] === true ? "and kept its API key" : null,
      );
    case "source.expired":
      return said(
        "did away with what is old of the source",
        inBrackets(
          [
            counted("deliveries", "delivery", "deliveries"),
            counted("meetings", "meeting without its people", "meetings without their people"),
          ]
            .filter((part) => part !== null)
            .join(", "),
        ),
      );
    case "source.deleted":
      return said("deleted the source", inBrackets(counted("meetings", "meeting", "meetings")));
    case "settings.changed":
      return said(`set the ${one("setting") ?? "setting"}`, one("to") && `to ${one("to")}`);
    case "room.changed":
      return said("changed the register of", inBrackets(one("changed")));
    case "room.titled":
      return said("titled the room");
    case "room.told":
      return said(
        details["removed"] === true
          ? "told nothing any more to those who wait for"
          : "told something to those who wait for",
      );
    case "group.made":
      return said("made the group of rooms");
    case "group.changed":
      return said("changed the group of rooms");
    case "group.removed":
      return said("took away the group of rooms");
    case "correction.made":
      return correctionOf(said, one("verdict"));
    case "correction.withdrawn":
      return about === null
        ? said("took a correction of people back")
        : said("took a correction back in");
    case "meeting.acted":
      return said(
        ACTED[one("act") ?? ""] ?? "acted in",
        one("provider") && `at ${one("provider")}`,
      );
    case "meeting.act_failed":
      return said(
        `was refused at ${one("provider") ?? "the provider"}: ${ACT_TRIED[one("act") ?? ""] ?? "acting in"}`,
        inBrackets(one("reason")),
      );
    case "wait.claimed":
      return said("took on the wait of");
    case "wait.released":
      return said("gave up the wait of", one("of") && `that ${one("of")} had taken on`);
    case "wait.noted":
      return said(
        details["removed"] === true
          ? "took back the note about the wait of"
          : "wrote a note about the wait of",
      );
    case "wait.acted":
      return said("used a link for", inBrackets(one("link")));
    case "wait.followed_up":
      return one("outcome")
        ? said(
            "followed up on the wait of",
            inBrackets(one("outcome")?.replaceAll("_", " ") ?? null),
          )
        : said("took back the follow-up on the wait of");
    case "alert_rule.made":
      return said("made the alert rule");
    case "alert_rule.changed":
      return said("changed the alert rule", inBrackets(one("changed")));
    case "alert_rule.removed":
      return said("removed the alert rule");
    case "alert.acknowledged":
      return said("acknowledged the alert");
    case "alert_channel.added":
      return said("added the channel for alerts", inBrackets(one("kind")));
    case "alert_channel.changed":
      return said("changed the channel for alerts", inBrackets(one("changed")));
    case "alert_channel.removed":
      return said("removed the channel for alerts");
    case "alert_channel.tested":
      return said("tried the channel for alerts", details["taken"] === true ? null : "(not taken)");
    case "device.added":
      return said("had alerts pushed to");
    case "device.removed":
      return said("had alerts pushed no more to");
    case "schedule.made":
      return said("scheduled", inBrackets(counted("people", "person", "people")));
    case "schedule.changed":
      return said("changed the scheduled meeting", inBrackets(one("changed")));
    case "schedule.withdrawn":
      return said(
        "withdrew the scheduled meeting",
        details["following"] === true ? "and those after it" : null,
      );
    case "schedule.restored":
      return said("restored the scheduled meeting");
    case "match.made":
      return said("said who is who on the roster of");
    case "match.withdrawn":
      return said("took back who is who on the roster of");
    case "class_list.made":
      return said("made the class list", inBrackets(counted("people", "person", "people")));
    case "class_list.changed":
      return said("changed the class list", details["people"] === true ? "and its people" : null);
    case "class_list.removed":
      return said("deleted the class list");
    case "class_list.assigned":
      return one("list")
        ? said("gave a class list to", inQuotes(one("list")))
        : said("took the class list from");
    case "import.done":
      return said("imported", inBrackets(counted("lines", "line", "lines")));
    case "import.undone":
      return said("took back the import", inBrackets(counted("lines", "line", "lines")));
    case "statement.made":
      return said("issued a statement about");
    case "statement.opened":
      return said("looked at a statement about", inBrackets(one("verdict")));
    case "file.taken": {
      const rows = inBrackets(counted("rows", "row", "rows"));
      const end = outcome === "broken_off" ? "which broke off" : null;
      const more = [rows, end].filter((part) => part !== null).join(", ") || null;
      const file = one("file") ?? "a file";
      return said(named === null ? `took out ${file}` : `took out ${file} of`, more);
    }
    case "person.erased":
      return said("erased");
    case "share.made":
      return said("made the link");
    case "share.opened":
      return said("opened the link");
    case "share.revoked":
      return said("revoked the link");
    case "demo.made":
      return said("made a demonstration", inBrackets(one("by")));
    case "demo.removed":
      return said(
        "removed the demonstration",
        inBrackets(counted("meetings", "meeting", "meetings")),
      );
    case "deliveries.replayed": {
      const some = counted("deliveries", "delivery", "deliveries");
      if (one("which") === "unreadable") {
        return said("read again what could not be read", inBrackets(some));
      }
      if (some !== null) return said(`read ${some} again`);
      return named === null
        ? said("read every delivery again")
        : said("read the deliveries again of the room of");
    }
    case "deliveries.dropped":
      return said(
        "dropped the deliveries of",
        inBrackets(counted("deliveries", "delivery", "deliveries")),
      );
    case "delivery.signed":
      return said("had a delivery signed with the secret of", inBrackets(one("delivery")));
    case "backup.made": {
      const what = details["scheduled"] === true ? "a scheduled backup" : "a backup";
      if (outcome !== "done") return said(`could not make ${what}`, inBrackets(one("failure")));
      return said(`made ${what}`, details["encrypted"] === true ? "(encrypted)" : null);
    }
    case "export.made":
      return said("took everything out with made-up names");
    case "backup.restored":
      return said(
        "restored the backup",
        one("made") && `of ${one("made")?.slice(0, 16).replace("T", " ")} UTC`,
      );
    case "audit.trimmed":
      return said(
        `deleted ${counted("entries", "old entry", "old entries") ?? "old entries"} of this log`,
        one("before") && `from before ${one("before")?.slice(0, 16).replace("T", " ")} UTC`,
      );
    case "endpoint.added":
      return said("added the webhook to", inBrackets(one("triggers")));
    case "endpoint.changed":
      return said("changed the webhook to", inBrackets(one("changed")));
    case "endpoint.rotated":
      return said("rotated the secret of the webhook to");
    case "endpoint.tested":
      return said("tried the webhook to", details["taken"] === true ? null : "(not taken)");
    case "endpoint.resent":
      return said("sent again to", inBrackets(counted("messages", "message", "messages")));
    case "endpoint.paused":
      return said(
        "paused the webhook to",
        one("for") === "gone" ? "(nobody is there any more)" : "(it took nothing for two days)",
      );
    case "endpoint.removed":
      return said("removed the webhook to");
    default:
      return action satisfies never;
  }
}

function correctionOf(
  said: (did: string, more?: string | null) => Deed,
  verdict: string | null,
): Deed {
  if (verdict === "one_person") return said("said that", "and another are one person");
  if (verdict === "two_people") return said("said that", "and another are two people");
  const more = VERDICTS[verdict ?? ""];
  return said("corrected", more === undefined ? null : `(${more})`);
}

/** The whole sentence, as in a file: `took out meetings.csv (1,204 rows)`. */
export function deedWords({ did, about, more }: Deed): string {
  return [did, inQuotes(about), more].filter((part) => part !== null).join(" ");
}

function textIn(details: AuditDetails, name: string): string | null {
  const value = details[name];
  if (typeof value === "string") return value;
  return Array.isArray(value) ? value.join(", ").replaceAll("_", " ") : null;
}

function inBrackets(text: string | null): string | null {
  return text ? `(${text})` : null;
}

function inQuotes(text: string | null): string | null {
  return text ? `“${text}”` : null;
}

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
