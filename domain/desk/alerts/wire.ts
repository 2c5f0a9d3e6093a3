import type { WireSource } from "#domain/event/recorded.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { WireTime } from "#domain/time/wire-time.ts";
import type { AlertState, OverReason } from "./alert.ts";
import type { PersonDeed, RuleKind } from "./rule.ts";

/** An alert as the API answers it, and as it is pushed. */
export interface WireAlert {
  id: string;
  rule: { id: string | null; name: string };
  kind: RuleKind;
  does: PersonDeed | null;
  after_ms: Ms | null;
  capacity: number | null;
  state: AlertState;
  urgent: boolean;
  source: WireSource;
  room: string | null;
  title: string | null;
  meeting_id: string | null;
  person: { id: string; name: string | null } | null;
  scheduled_meeting_id: string | null;
  since: WireTime;
  raised_at: WireTime;
  rung_at: WireTime;
  rings: number;
  acknowledged_at: WireTime | null;
  acknowledged_by: string | null;
  over_at: WireTime | null;
  over_for: OverReason | null;
}

/** The alerts that are not over, those raised last first; and how many more there are. */
export interface OpenAlerts {
  alerts: WireAlert[];
  more: number;
  as_of: WireTime;
}
