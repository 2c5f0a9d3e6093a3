import { ALERT_STATES, OVER_REASONS } from "#domain/desk/alerts/alert.ts";
import { PERSON_DEEDS, RULE_KINDS } from "#domain/desk/alerts/rule.ts";
import type { OpenAlerts, WireAlert } from "#domain/desk/alerts/wire.ts";
import {
  type Guard,
  isFlag,
  isNumber,
  isOneOf,
  isText,
  isTime,
  listOf,
  orNull,
  shape,
} from "./guards.ts";
import { source } from "./people-guards.ts";

/* What the server pushes of alerts is read, not believed, as all else. It is loaded with what shows them. */

const alert = shape<WireAlert>({
  id: isText,
  rule: shape<WireAlert["rule"]>({ id: orNull(isText), name: isText }),
  kind: isOneOf(...RULE_KINDS),
  does: orNull(isOneOf(...PERSON_DEEDS)),
  after_ms: orNull(isNumber),
  capacity: orNull(isNumber),
  state: isOneOf(...ALERT_STATES),
  urgent: isFlag,
  source,
  room: orNull(isText),
  title: orNull(isText),
  meeting_id: orNull(isText),
  person: orNull(shape<NonNullable<WireAlert["person"]>>({ id: isText, name: orNull(isText) })),
  scheduled_meeting_id: orNull(isText),
  since: isTime,
  raised_at: isTime,
  rung_at: isTime,
  rings: isNumber,
  acknowledged_at: orNull(isTime),
  acknowledged_by: orNull(isText),
  over_at: orNull(isTime),
  over_for: orNull(isOneOf(...OVER_REASONS)),
});

export const isOpenAlerts: Guard<OpenAlerts> = shape<OpenAlerts>({
  alerts: listOf(alert),
  more: isNumber,
  as_of: isTime,
});
