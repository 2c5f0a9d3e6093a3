/** What an entry of the audit log may hold besides its sentence: small, never a secret, never a body. */
export type AuditDetails = Readonly<Record<string, string | number | boolean | readonly string[]>>;

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
