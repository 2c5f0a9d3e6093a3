import * as z from "zod/mini";
import type { Matched } from "#domain/people/people.ts";
import {
  about,
  asOf,
  count,
  countOrNull,
  LINKS,
  named,
  pageOf,
  type ShapeOf,
  shareOrNull,
  source,
  textOrNull,
  time,
  timeOrNull,
} from "#server/http/schema.ts";
import { CERTAINTY, outcome, status } from "#server/meetings/schema.ts";

export const identity = named(
  "Identity",
  about(
    z.object({
      id: z.string(),
      source,
      identified_by: z.enum(["user_id", "name"]),
      user_id: textOrNull,
      name: textOrNull,
    }),
    "As whom a source knows a person",
  ),
);

const PERSON = {
  id: z.string(),
  name: textOrNull,
  user_id: textOrNull,
  guest: about(z.boolean(), "Known by name alone"),
  identities: z.array(identity),
  meetings: count,
  first_met_at: timeOrNull,
  last_met_at: timeOrNull,
  in_meeting: z.boolean(),
  attended_ms: count,
  unknown_ms: about(count, "How much longer it can have been"),
  waits: count,
  waits_admitted: count,
  average_wait_ms: about(countOrNull, "Σ of the waits until admitted ÷ their number"),
  left_before_admitted: about(count, "Their waits that were left before admitted"),
  meetings_lost: about(count, "Meetings in which a wait of theirs was really lost"),
  namesakes: about(count, "How often several people of the name were in one meeting"),
};

export const person = named("Person", z.object(PERSON));

const matched = about(
  z.nullable(
    z.object({
      name: z.string(),
      as: z.enum(["former_name", "joined", "user_id"]),
    } satisfies ShapeOf<Matched>),
  ),
  "With q: null where their name has the words, else the name that has",
);

export const people = z.object({
  ...LINKS,
  results: z.array(z.object({ ...PERSON, matched: z.exactOptional(matched) })),
  as_of: asOf,
});

export const personRecord = named(
  "PersonRecord",
  z.object({
    ...PERSON,
    aliases: z.array(
      z.object({
        identity: z.string(),
        name: z.string(),
        first_at: time,
        last_at: time,
        meetings: count,
      }),
    ),
    links: about(
      z.array(
        z.object({
          link: z.string(),
          people: z.tuple([z.string(), z.string()]),
          by: z.string(),
          at: time,
          undone_by: textOrNull,
          undone_at: timeOrNull,
        }),
      ),
      "Joinings by hand, including those that were taken back",
    ),
    as_of: asOf,
  }),
);

const meetingAttended = named(
  "MeetingAttended",
  z.object({
    meeting_id: z.string(),
    room: z.string(),
    title: textOrNull,
    status,
    started_at: timeOrNull,
    ended_at: timeOrNull,
    first_at: time,
    first_joined_at: timeOrNull,
    last_left_at: timeOrNull,
    in_meeting: z.boolean(),
    attended_ms: count,
    ...CERTAINTY,
    share_of_meeting: shareOrNull,
    waits: count,
    waits_unknown: about(count, "Waits whose end nobody reported"),
    waited_ms: about(count, "The length of the union of the others"),
    last_wait_outcome: z.nullable(outcome),
    hosted_ms: count,
    namesakes: count,
  }),
);
export const meetingsAttended = z.object({
  ...LINKS,
  results: z.array(meetingAttended),
  as_of: asOf,
});

const pair = z.tuple([z.string(), z.string()]);

export const joining = z.object({
  people: pair,
  meetings: count,
  meetings_of_both: about(count, "Each counts once"),
  meetings_at_once: about(count, "In at the same time"),
  at_once_ms: count,
  attended_ms: count,
  as_of: asOf,
});

export const link = z.object({ link: z.string(), people: pair, by: z.string() });
export const linkUndone = z.object({ link: z.string(), by: z.string() });

export const apart = z.object({ apart: z.string(), people: pair, by: z.string() });
export const apartUndone = z.object({ apart: z.string(), by: z.string() });
const eitherOrNull = z.nullable(identity);
export const allApart = pageOf(
  z.object({
    apart: z.string(),
    people: about(
      z.tuple([eitherOrNull, eitherOrNull]),
      "null for one of whom nothing is stored any more",
    ),
    by: z.string(),
    at: time,
  }),
);
