import { z } from "zod";
import type { StatementFacts } from "#domain/statements/facts.ts";

const text = z.string().max(10_000).nullable();
const time = z.string().max(40);
const ms = z.int();
const invented = z.literal(true).exactOptional();
const MOST_MEETINGS = 10_000;

const visit = z.strictObject({
  joined_at: time,
  left_at: time.nullable(),
  start: z.enum(["reported", "first_seen", "inferred"]),
  end: z.enum(["reported", "inferred", "operator"]).nullable(),
});

const wait = z.strictObject({
  started_at: time,
  ended_at: time.nullable(),
  outcome: z.enum(["waiting", "admitted", "left", "short", "came_back", "unknown"]),
  inferred: z.boolean(),
});

const meeting = z.strictObject({
  meeting_id: z.string(),
  provider: z.string(),
  source: z.string(),
  demo: invented,
  room: z.string(),
  title: text,
  started_at: time.nullable(),
  ended_at: time.nullable(),
  ended_by: z.enum(["provider", "inferred"]).nullable(),
  length_ms: ms.nullable(),
  first_joined_at: time.nullable(),
  last_left_at: time.nullable(),
  attended_ms: ms,
  grace_ms: ms,
  hosted_ms: ms,
  visits: z.array(visit),
  waits: z.array(wait),
  participant_ids: z.array(z.string()),
});

/** The shape of facts that are sent for a check. Any values, but no other fields. */
export const factsShape: z.ZodType<StatementFacts> = z.strictObject({
  version: z.literal(1),
  person: z.strictObject({ id: text, name: text, user_id: text, demo: invented }),
  period: z
    .strictObject({ first_day: z.string(), last_day: z.string(), time_zone: z.string() })
    .nullable(),
  meetings: z.array(meeting).max(MOST_MEETINGS),
  attended_ms: ms,
});
