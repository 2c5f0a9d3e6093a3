import { type KeptAlert, stateOf } from "#domain/desk/alerts/alert.ts";
import type { AlertRule } from "#domain/desk/alerts/rule.ts";
import type { WireAlert } from "#domain/desk/alerts/wire.ts";
import type { WireSource } from "#domain/event/recorded.ts";
import type { Ms } from "#domain/time/ms.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { keyOf, type Occurrence, ownBody } from "./occurrence.ts";

/** An alert as other systems are told of it. */
export interface ToldAlert
  extends Pick<
      KeptAlert,
      "id" | "ruleId" | "since" | "raisedAt" | "isUrgent" | "acknowledgedAt" | "overAt" | "overFor"
    >,
    Pick<AlertRule, "kind" | "afterMs" | "capacity" | "deed"> {
  ruleName: string;
  acknowledgedBy: string | null;
  source: WireSource;
  room: string | null;
  title: string | null;
  meetingId: string | null;
  personId: string | null;
  name: string | null;
  scheduledId: string | null;
}

/** `alert.raised`: somebody is needed. One that goes on after all is raised again. */
export function alertRaised(alert: ToldAlert, now: Ms): Occurrence {
  return told("alert.raised", alert, alert.raisedAt, keyOf("raised", alert.id, now));
}

/** `alert.cleared`: nobody is needed any more. Where it turns out to have ended otherwise it is told again. */
export function alertCleared(alert: ToldAlert, now: Ms): Occurrence {
  const at = alert.overAt ?? now;
  return told("alert.cleared", alert, at, keyOf("cleared", alert.id, at));
}

function told(
  trigger: "alert.raised" | "alert.cleared",
  alert: ToldAlert,
  at: Ms,
  key: string,
): Occurrence {
  return {
    ...{ trigger, key, at, meetingId: alert.meetingId },
    about: keyOf(trigger, alert.id),
    body: (message) => ownBody(trigger, at, message, { alert: alertFacts(alert) }),
  };
}

/** What is said of an alert wherever it is told. */
function alertFacts(alert: ToldAlert) {
  const { id, ruleId, ruleName, kind, deed, afterMs, capacity, isUrgent } = alert;
  const { source, room, title, meetingId, personId, name, scheduledId } = alert;
  return {
    ...{ id, rule: { id: ruleId, name: ruleName }, kind, does: deed },
    ...{ after_ms: afterMs, capacity, state: stateOf(alert), urgent: isUrgent },
    ...{ source, room, title, meeting_id: meetingId },
    person: personId === null ? null : { id: personId, name },
    scheduled_meeting_id: scheduledId,
    since: toWireTime(alert.since),
    raised_at: toWireTime(alert.raisedAt),
    acknowledged_at: toWireTime(alert.acknowledgedAt),
    acknowledged_by: alert.acknowledgedBy,
    over_at: toWireTime(alert.overAt),
    over_for: alert.overFor,
  };
}

/** An alert as it is answered and pushed: the same, and how often somebody was called. */
export function wireAlert(alert: ToldAlert & Pick<KeptAlert, "rungAt" | "rings">): WireAlert {
  return { ...alertFacts(alert), rung_at: toWireTime(alert.rungAt), rings: alert.rings };
}
