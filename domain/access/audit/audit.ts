import { ACCESS_ACTIONS } from "./access-actions.ts";
import type { AuditDetails, Audited, AuditOutcome } from "./audited.ts";
import { ALERT_ACTIONS, ROOM_ACTIONS, WAIT_ACTIONS } from "./desk-actions.ts";
import { ENDPOINT_ACTIONS, INSTALLATION_ACTIONS } from "./installation-actions.ts";
import { CORRECTION_ACTIONS, RECORD_ACTIONS, SCHEDULE_ACTIONS } from "./meeting-actions.ts";
import { DELIVERY_ACTIONS, SOURCE_ACTIONS } from "./source-actions.ts";

/** Everything that is noted in the audit log, in the order in which a filter offers it. */
export const ACTIONS = {
  ...ACCESS_ACTIONS,
  ...SOURCE_ACTIONS,
  ...ROOM_ACTIONS,
  ...CORRECTION_ACTIONS,
  ...WAIT_ACTIONS,
  ...ALERT_ACTIONS,
  ...SCHEDULE_ACTIONS,
  ...RECORD_ACTIONS,
  ...DELIVERY_ACTIONS,
  ...ENDPOINT_ACTIONS,
  ...INSTALLATION_ACTIONS,
};

export type AuditAction = keyof typeof ACTIONS;

export const AUDIT_ACTIONS: readonly AuditAction[] = Object.keys(ACTIONS).filter(isAction);

function isAction(name: string): name is AuditAction {
  return Object.hasOwn(ACTIONS, name);
}

/** What is noted with an action. */
type DetailsOf<Action extends AuditAction> = NonNullable<(typeof ACTIONS)[Action]["details"]>;

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

/** What is noted: what was done, to what. `about` is `null` where it is about the installation, or a list as a whole. */
export type AuditEntry = {
  [Action in AuditAction]: {
    action: Action;
    about: Audited | null;
    details: DetailsOf<Action>;
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
