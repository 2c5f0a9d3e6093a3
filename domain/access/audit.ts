import type { ActKind } from "#domain/desk/acts/act-kind.ts";
import type { LinkKind } from "./link.ts";
import type { Scope } from "./scope.ts";

/** What an entry of the audit log may hold besides its sentence: small, never a secret, never a body. */
export type AuditDetails = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** Nothing is noted besides what was done to what. */
type Nothing = Readonly<Record<string, never>>;

/** Everything that is noted in the audit log, and the details that are noted with it. */
interface DetailsOf {
  "sign_in.succeeded": Nothing;
  "sign_in.failed": { reason: string };
  "sessions.ended": { whose: "everybody" | "own" | "one" };
  "member.invited": { role: string };
  "member.changed": { changed: readonly string[] };
  "member.removed": Nothing;
  "member.joined": { by: LinkKind | "account" };
  "link.made": { kind: LinkKind };
  "password.changed": Nothing;
  "second_factor.set": { on: boolean };
  "key.created": { scopes: readonly Scope[]; expires: boolean };
  "key.revoked": Nothing;
  "access.refused": { needed: string; operation: string };
  "source.added": { provider: string };
  "source.changed": { changed: readonly string[] };
  "source.rotated": Nothing;
  "source.retired": { secrets: number };
  "source.paused": Nothing;
  "source.resumed": Nothing;
  "source.connected": { webhook: "created" | "updated"; key_kept: boolean };
  "source.expired": { deliveries: number; meetings: number; people: number };
  "source.deleted": { meetings: number; people: number; deliveries: number };
  "settings.changed": { setting: string; to: string };
  "room.changed": { changed: readonly string[] };
  "room.titled": Nothing;
  "room.told": { removed: boolean };
  "group.made": Nothing;
  "group.changed": Nothing;
  "group.removed": Nothing;
  "correction.made": { verdict: string; ruling: string };
  "correction.withdrawn": { ruling: string };
  "meeting.acted": { act: ActKind; provider: string };
  "meeting.act_failed": { act: ActKind; provider: string; reason: string };
  "wait.claimed": Nothing;
  "wait.released": { of: string };
  "wait.noted": { removed: boolean };
  "wait.followed_up": { outcome: string };
  "wait.acted": { link: string };
  "alert_rule.made": { kind: string };
  "alert_rule.changed": { changed: readonly string[] };
  "alert_rule.removed": Nothing;
  "alert.acknowledged": Nothing;
  "alert_channel.added": { kind: string };
  "alert_channel.changed": { changed: readonly string[] };
  "alert_channel.removed": Nothing;
  "alert_channel.tested": { taken: boolean };
  "device.added": Nothing;
  "device.removed": Nothing;
  "schedule.made": { people: number };
  "schedule.changed": { changed: readonly string[] };
  "schedule.withdrawn": { following: boolean };
  "schedule.restored": Nothing;
  "match.made": { position: number };
  "match.withdrawn": { position: number };
  "class_list.made": { people: number };
  "class_list.changed": { people: boolean };
  "class_list.removed": Nothing;
  "class_list.assigned": { list: string };
  "import.done": { lines: number; meetings: number };
  "import.undone": { lines: number; meetings: number };
  "statement.made": Nothing;
  "statement.opened": { verdict: string };
  "file.taken": { file: string; rows: number; narrowed: readonly string[] };
  "person.erased": { meetings: number };
  "share.made": { expires: boolean };
  "share.opened": Nothing;
  "share.revoked": Nothing;
  "demo.made": { by: "seed" | "simulate" };
  "demo.removed": { meetings: number; people: number; deliveries: number };
  "deliveries.replayed": { deliveries?: number; which?: string };
  "deliveries.dropped": { deliveries: number };
  "delivery.signed": { delivery: string };
  "backup.made": { scheduled: boolean; encrypted: boolean; failure?: string };
  "backup.restored": { made: string };
  "export.made": Nothing;
  "audit.trimmed": { entries: number; before: string };
  "endpoint.added": { triggers: readonly string[] };
  "endpoint.changed": { changed: readonly string[] };
  "endpoint.rotated": Nothing;
  "endpoint.tested": { taken: boolean };
  "endpoint.resent": { messages: number };
  "endpoint.paused": { for: string };
  "endpoint.removed": Nothing;
}

export type AuditAction = keyof DetailsOf;

/** Every action, in the order in which a filter offers them: the compiler holds that none is missing. */
export const AUDIT_ACTIONS = [
  "sign_in.succeeded",
  "sign_in.failed",
  "sessions.ended",
  "member.invited",
  "member.changed",
  "member.removed",
  "member.joined",
  "link.made",
  "password.changed",
  "second_factor.set",
  "key.created",
  "key.revoked",
  "access.refused",
  "source.added",
  "source.changed",
  "source.rotated",
  "source.retired",
  "source.paused",
  "source.resumed",
  "source.connected",
  "source.expired",
  "source.deleted",
  "settings.changed",
  "room.changed",
  "room.titled",
  "room.told",
  "group.made",
  "group.changed",
  "group.removed",
  "correction.made",
  "correction.withdrawn",
  "meeting.acted",
  "meeting.act_failed",
  "wait.claimed",
  "wait.released",
  "wait.noted",
  "wait.followed_up",
  "wait.acted",
  "alert_rule.made",
  "alert_rule.changed",
  "alert_rule.removed",
  "alert.acknowledged",
  "alert_channel.added",
  "alert_channel.changed",
  "alert_channel.removed",
  "alert_channel.tested",
  "device.added",
  "device.removed",
  "schedule.made",
  "schedule.changed",
  "schedule.withdrawn",
  "schedule.restored",
  "match.made",
  "match.withdrawn",
  "class_list.made",
  "class_list.changed",
  "class_list.removed",
  "class_list.assigned",
  "import.done",
  "import.undone",
  "statement.made",
  "statement.opened",
  "file.taken",
  "person.erased",
  "share.made",
  "share.opened",
  "share.revoked",
  "demo.made",
  "demo.removed",
  "deliveries.replayed",
  "deliveries.dropped",
  "delivery.signed",
  "backup.made",
  "backup.restored",
  "export.made",
  "audit.trimmed",
  "endpoint.added",
  "endpoint.changed",
  "endpoint.rotated",
  "endpoint.tested",
  "endpoint.resent",
  "endpoint.paused",
  "endpoint.removed",
] as const satisfies readonly AuditAction[];

/** Who does something: somebody known, or by what they came. */
export const ACTOR_KINDS = ["member", "key", "this_machine", "command", "link", "nobody"] as const;
export type ActorKind = (typeof ACTOR_KINDS)[number];

/** Who does something, and from where. */
export interface AuditActor {
  kind: ActorKind;
  /** Of a member or a key. */
  id: string | null;
  /** How they are called at the time. */
  label: string;
  /** The address at the other end of their connection; `null` for a command. */
  address: string | null;
  userAgent: string | null;
}

export const AUDITED_KINDS = [
  "member",
  "key",
  "source",
  "room",
  "room_group",
  "device",
  "meeting",
  "person",
  "wait",
  "scheduled_meeting",
  "class_list",
  "import",
  "statement",
  "share",
  "month",
  "endpoint",
  "alert_rule",
  "alert",
  "alert_channel",
] as const;
export type AuditedKind = (typeof AUDITED_KINDS)[number];

/** What an entry is about. */
export interface Audited {
  kind: AuditedKind;
  id: string | null;
  /** How it is called at the time; `null` where that is not known, or was erased. */
  label: string | null;
}

/** How it ended: `broken_off` in the middle of a file. */
export const AUDIT_OUTCOMES = ["done", "refused", "broken_off"] as const;
export type AuditOutcome = (typeof AUDIT_OUTCOMES)[number];

/** What is noted: what was done, to what. `about` is `null` where it is about the installation, or a list as a whole. */
export type AuditEntry = {
  [Action in AuditAction]: {
    action: Action;
    about: Audited | null;
    details: DetailsOf[Action];
    /** `done` where it is left out. */
    outcome?: AuditOutcome;
  };
}[AuditAction];

/** An entry as it is stored. */
export interface AuditRow {
  id: number;
  at: number;
  action: AuditAction;
  who: AuditActor;
  about: Audited | null;
  details: AuditDetails;
  outcome: AuditOutcome;
}
