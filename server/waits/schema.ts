import * as z from "zod/mini";
import { FOLLOW_UPS } from "#domain/waits/handling.ts";
import type { WireHandling } from "#domain/waits/handling-wire.ts";
import type { WaitMetrics } from "#domain/waits/wait-metrics.ts";
import { LEVEL_MODES, type ServiceLevel, SHORT_LEAVES } from "#domain/waits/waiting.ts";
import {
  about,
  asOf,
  count,
  countOrNull,
  named,
  type ShapeOf,
  shareOrNull,
  source,
  textOrNull,
  time,
  timeOrNull,
} from "#server/http/schema.ts";

const METRICS = {
  waits: about(count, "Every wait that began"),
  entered: about(count, "admitted + left_before_admitted"),
  admitted: count,
  left_before_admitted: about(count, "really_lost + came_back (+ short, where counted)"),
  came_back: about(count, "Left, and admitted later that day after all"),
  really_lost: about(
    count,
    "Left before admitted, not within 10 s, and not admitted later that day",
  ),
  short: about(count, "Left within 10 s"),
  unknown: about(count, "Their end was not reported"),
  still_waiting: count,
  abandonment_rate: about(shareOrNull, "left_before_admitted ÷ entered"),
  average_until_admitted_ms: about(countOrNull, "Σ(admitted − started waiting) ÷ admitted"),
  average_until_leaving_ms: about(countOrNull, "Σ(left − started waiting) ÷ left_before_admitted"),
  longest_ms: about(countOrNull, "The longest wait whose end is known"),
  service_level: about(
    z.object({ met: count, of: count, share: shareOrNull } satisfies ShapeOf<ServiceLevel>),
    "As level says",
  ),
} satisfies ShapeOf<WaitMetrics>;

export const followUp = z.nullable(z.enum(FOLLOW_UPS));

/** What the desk did about a wait. */
export const HANDLING = {
  claimed_by: about(textOrNull, "Who looks after the wait"),
  claimed_at: timeOrNull,
  claim_lapses_at: about(timeOrNull, "Until then the claim holds if its owner does nothing"),
  desk_note: about(textOrNull, "null also for whoever sees initials"),
  desk_note_by: textOrNull,
  desk_note_at: timeOrNull,
  follow_up: about(followUp, "What came of following up on somebody who left"),
  follow_up_by: textOrNull,
  follow_up_at: timeOrNull,
} satisfies ShapeOf<WireHandling>;

export const waitHandling = named("WaitHandling", z.object({ id: z.string(), ...HANDLING }));

export const waiting = named(
  "Waiting",
  z.object({
    as_of: asOf,
    from: time,
    to: time,
    time_zone: z.string(),
    target_ms: count,
    level: z.enum(LEVEL_MODES),
    short: z.enum(SHORT_LEAVES),
    metrics: z.object({
      ...METRICS,
      median_until_admitted_ms: countOrNull,
      p90_until_admitted_ms: about(countOrNull, "The 90th percentile, by nearest rank"),
      median_until_leaving_ms: countOrNull,
      p90_until_leaving_ms: countOrNull,
      people_lost: about(
        count,
        "The people of the waits that were really lost; again in the same room within a day counts once",
      ),
    }),
    distribution: about(
      z.array(
        z.object({
          longer_than_ms: count,
          up_to_ms: countOrNull,
          admitted: count,
          left: count,
          short: count,
        }),
      ),
      "How long waits lasted",
    ),
    by_hour: about(
      z.array(
        z.object({
          weekday: about(z.int().check(z.minimum(1), z.maximum(7)), "1 for Monday"),
          hour: z.int().check(z.minimum(0), z.maximum(23)),
          ...METRICS,
        }),
      ),
      "The hours of the week",
    ),
    room_count: count,
    by_room: about(
      z.array(z.object({ source, room: z.string(), title: textOrNull, ...METRICS })),
      "The first 200 rooms in that order",
    ),
  }),
);

export const waitAct = z.object({ id: z.string(), link: z.string() });
