import * as z from "zod/mini";
import { ALERT_STATES, OVER_REASONS } from "#domain/desk/alerts/alert.ts";
import { PERSON_DEEDS, RULE_KINDS } from "#domain/desk/alerts/rule.ts";
import type { WireAlert } from "#domain/desk/alerts/wire.ts";
import {
  about,
  count,
  countOrNull,
  named,
  pageOf,
  type ShapeOf,
  source,
  textOrNull,
  time,
  timeOrNull,
} from "#server/http/schema.ts";

const deed = about(z.nullable(z.enum(PERSON_DEEDS)), "What the person of the rule does");
const kind = z.enum(RULE_KINDS);

export const alertRule = named(
  "AlertRule",
  z.object({
    id: z.string(),
    name: z.string(),
    kind,
    on: z.boolean(),
    after_ms: about(
      countOrNull,
      "For how long it has to be so; of a silent source null for longer than is usual for it",
    ),
    capacity: about(countOrNull, "How many people fill a room"),
    person: about(textOrNull, "The name or the user id of whom it is about"),
    does: deed,
    sources: about(z.nullable(z.array(z.string())), "Ids of sources; null for all"),
    rooms: about(
      z.nullable(z.array(z.string())),
      "Patterns of rooms, by key or title, * for any text; null for all",
    ),
    groups: about(
      z.nullable(z.array(z.string())),
      "Ids of groups of rooms; null for rooms in any or none",
    ),
    repeat_ms: about(countOrNull, "How often it is repeated until somebody acknowledges it"),
    urgent_after_ms: about(
      countOrNull,
      "After how long without anybody acknowledging it becomes urgent",
    ),
    quiet: about(
      z.nullable(z.object({ from: z.string(), to: z.string() })),
      "Hours of every day in the installation's zone, as 22:00, in which nobody is alarmed",
    ),
    changed_at: time,
    changed_by: z.string(),
  }),
);
export const alertRules = z.object({ results: z.array(alertRule) });

export const alert = named(
  "Alert",
  z.object({
    id: z.string(),
    rule: about(
      z.object({ id: textOrNull, name: z.string() }),
      "As it was called then; id is null once it was removed",
    ),
    kind,
    does: deed,
    after_ms: countOrNull,
    capacity: countOrNull,
    state: z.enum(ALERT_STATES),
    urgent: z.boolean(),
    source,
    room: textOrNull,
    title: textOrNull,
    meeting_id: textOrNull,
    person: about(
      z.nullable(z.object({ id: z.string(), name: textOrNull })),
      "Whom it is about, where it is about one person",
    ),
    scheduled_meeting_id: textOrNull,
    since: about(time, "Since when it was so"),
    raised_at: time,
    rung_at: about(time, "When somebody was last called"),
    rings: about(count, "How often"),
    acknowledged_at: timeOrNull,
    acknowledged_by: textOrNull,
    over_at: timeOrNull,
    over_for: about(
      z.nullable(z.enum(OVER_REASONS)),
      "corrected: it turned out not to have been so; rule: its rule asks for it no more",
    ),
  } satisfies ShapeOf<WireAlert>),
);
export const alerts = pageOf(alert);
