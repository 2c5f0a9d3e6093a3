import * as z from "zod/mini";
import { OUTCOMES } from "#domain/meeting/wait.ts";
import type { CanonicalJson } from "#domain/people/statements/canonical.ts";
import type {
  StatedMeeting,
  StatedVisit,
  StatedWait,
  StatementFacts,
} from "#domain/people/statements/facts.ts";
import {
  about,
  named,
  type ShapeOf,
  textOrNull,
  time as timeOfAnswer,
  timeOrNull as timeOfAnswerOrNull,
} from "#server/http/schema.ts";

const text = z.nullable(z.string().check(z.maxLength(10_000)));
const time = z.string().check(z.maxLength(40));
const timeOrNull = z.nullable(time);
const ms = z.int();
const invented = z.exactOptional(z.literal(true));
const MOST_MEETINGS = 10_000;

const visit = z.strictObject({
  joined_at: time,
  left_at: timeOrNull,
  start: z.enum(["reported", "first_seen", "inferred"]),
  end: z.nullable(z.enum(["reported", "inferred", "operator"])),
} satisfies ShapeOf<StatedVisit>);

const wait = z.strictObject({
  started_at: time,
  ended_at: timeOrNull,
  outcome: z.enum(OUTCOMES),
  inferred: z.boolean(),
} satisfies ShapeOf<StatedWait>);

const meeting = z.strictObject({
  meeting_id: z.string(),
  provider: z.string(),
  source: z.string(),
  demo: invented,
  room: z.string(),
  title: text,
  started_at: timeOrNull,
  ended_at: timeOrNull,
  ended_by: z.nullable(z.enum(["provider", "inferred"])),
  length_ms: z.nullable(ms),
  first_joined_at: timeOrNull,
  last_left_at: timeOrNull,
  attended_ms: ms,
  grace_ms: ms,
  hosted_ms: ms,
  visits: z.array(visit),
  waits: z.array(wait),
  participant_ids: z.array(z.string()),
} satisfies ShapeOf<StatedMeeting>);

/** The shape of facts, as they are answered and as they are sent for a check. Any values, but no other fields. */
export const facts = named(
  "StatementFacts",
  z.strictObject({
    version: z.literal(1),
    person: z.strictObject({
      id: text,
      name: text,
      user_id: text,
      demo: invented,
    } satisfies ShapeOf<StatementFacts["person"]>),
    period: about(
      z.nullable(
        z.strictObject({ first_day: z.string(), last_day: z.string(), time_zone: z.string() }),
      ),
      "The days of the statement, both included; null for one meeting",
    ),
    meetings: z.array(meeting).check(z.maxLength(MOST_MEETINGS)),
    attended_ms: ms,
  } satisfies ShapeOf<StatementFacts>),
);

const STATEMENT = {
  id: z.string(),
  url: about(z.string(), "The page to hand on"),
  hash: about(z.string(), "The SHA-256 of the facts as canonical JSON (RFC 8785), in hexadecimal"),
  made_at: timeOfAnswer,
  made_by: z.string(),
  erased_at: timeOfAnswerOrNull,
  facts: about(z.nullable(facts), "null where they were erased"),
};

export const statement = named("Statement", z.object(STATEMENT));

const json: z.ZodMiniType<CanonicalJson> = named("Json", z.json());

const differences = z.array(
  z.object({
    meeting_id: about(textOrNull, "null for a fact of the whole statement"),
    fact: z.string(),
    was: json,
    is: json,
  }),
);

export const statementChecked = named(
  "StatementChecked",
  z.object({
    ...STATEMENT,
    verdict: about(
      z.enum(["unaltered", "altered", "corrected", "erased"]),
      "corrected: it is what was issued, and would be stated differently today",
    ),
    altered: about(differences, "Each fact that was altered, where the caller sent facts"),
    corrected: about(differences, "Each fact as it was stated, and as it would be today"),
  }),
);
