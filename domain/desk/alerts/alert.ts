import type { Ms } from "#domain/time/ms.ts";
import type { AlertSubject } from "./facts.ts";

/** Why an alert is over: what it was about is, it turned out not to have been so, or its rule asks for it no more. */
export const OVER_REASONS = ["over", "corrected", "rule"] as const;
export type OverReason = (typeof OVER_REASONS)[number];

export const ALERT_STATES = ["raised", "acknowledged", "over"] as const;
export type AlertState = (typeof ALERT_STATES)[number];

/** An alert as it is kept. */
export interface KeptAlert {
  id: string;
  /** `null` where the rule was removed. */
  ruleId: string | null;
  subject: AlertSubject;
  /** Since when it was so. */
  since: Ms;
  raisedAt: Ms;
  isUrgent: boolean;
  rungAt: Ms;
  rings: number;
  acknowledgedAt: Ms | null;
  overAt: Ms | null;
  overFor: OverReason | null;
}

/** Whether an alert is raised, acknowledged or over. */
export function stateOf({
  acknowledgedAt,
  overAt,
}: Pick<KeptAlert, "acknowledgedAt" | "overAt">): AlertState {
  if (overAt !== null) return "over";
  return acknowledgedAt === null ? "raised" : "acknowledged";
}
