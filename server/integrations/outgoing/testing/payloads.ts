import * as z from "zod/mini";
import { ALERT_STATES, OVER_REASONS } from "#domain/desk/alerts/alert.ts";
import { PERSON_DEEDS, RULE_KINDS } from "#domain/desk/alerts/rule.ts";
import type { Trigger } from "#domain/integrations/outgoing/endpoint.ts";
import {
  about,
  count,
  countOrNull,
  named,
  source,
  textOrNull,
  time,
  timeOrNull,
} from "#server/http/schema.ts";

/* What is sent for each trigger, strictly: for the document of the API, and to hold what is sent to it. */

const seconds = about(z.number(), "Seconds since 1970, with a fraction");

const participantEvent = (trigger: string, types: readonly string[]) =>
  z.strictObject({
    idempotency_key: about(z.string(), "The same in every attempt and resend"),
    bot_id: about(z.string(), "The bot; of a meeting of another provider its id here"),
    bot_metadata: z.nullable(z.record(z.string(), z.unknown())),
    trigger: z.literal(trigger),
    data: z.strictObject({
      id: about(z.string(), "As at /api/v1/bots/{id}/participant_events"),
      event_data: z.record(z.string(), z.unknown()),
      event_type: z.enum([...types]),
      timestamp_ms: count,
      participant_name: textOrNull,
      participant_uuid: z.string(),
      participant_is_host: z.boolean(),
      participant_user_uuid: textOrNull,
    }),
  });

const envelope = <Payload extends z.ZodMiniType>(type: string, payload: Payload) =>
  z.strictObject({
    version: z.literal("1.0.0"),
    type: z.literal(type),
    id: about(z.string(), "The same in every attempt and resend"),
    payload,
    event_ts: seconds,
  });

const CONNECTION = {
  room: z.string(),
  user_id: z.exactOptional(about(z.string(), "Left out where the provider gives none")),
  user_name: textOrNull,
  session_id: z.string(),
  joined_at: z.exactOptional(about(seconds, "Of a waiting one: when they began to wait")),
  will_eject_at: z.nullable(seconds),
  owner: z.boolean(),
  permissions: z.strictObject({
    hasPresence: z.boolean(),
    canSend: z.boolean(),
    canReceive: z.strictObject({ base: z.boolean() }),
    canAdmin: z.union([z.boolean(), z.array(z.string())]),
  }),
};

const joined = (type: string) => envelope(type, z.strictObject(CONNECTION));
const left = (type: string) =>
  envelope(
    type,
    z.strictObject({
      ...CONNECTION,
      duration: z.exactOptional(about(z.number(), "Seconds; left out where it is not known")),
    }),
  );

const own = <Data extends z.ZodMiniType>(type: string, data: Data) =>
  z.strictObject({
    type: z.literal(type),
    timestamp: about(time, "When it happened"),
    id: about(z.string(), "The same in every attempt and resend; also the header webhook-id"),
    corrects: about(textOrNull, "The id of the message that this one corrects"),
    data,
  });

const meeting = named(
  "ToldMeeting",
  z.strictObject({
    ...{ id: z.string(), source, room: z.string(), title: textOrNull },
    ...{ started_at: timeOrNull, ended_at: timeOrNull },
  }),
);
const person = z.strictObject({ id: z.string(), name: textOrNull });
const attended = z.strictObject({
  meeting: about(
    z.looseObject({ id: z.string(), people: z.array(z.looseObject({ id: z.string() })) }),
    "As /api/v1/meetings/{id} answers it",
  ),
});
const missed = z.strictObject({
  scheduled_meeting: z.strictObject({
    ...{ id: z.string(), source, room: z.string(), title: textOrNull, called: z.string() },
    ...{ starts_at: time, ends_at: time, time_zone: z.string() },
  }),
  person: z.strictObject({
    position: about(count, "Their line of the roster"),
    ...{ name: textOrNull, user_id: textOrNull, email: textOrNull },
    role: z.enum(["host", "guest"]),
  }),
});

const alarmed = z.strictObject({
  alert: z.strictObject({
    id: about(z.string(), "The same in what is raised and cleared"),
    rule: z.strictObject({ id: textOrNull, name: z.string() }),
    kind: z.enum(RULE_KINDS),
    does: z.nullable(z.enum(PERSON_DEEDS)),
    ...{ after_ms: countOrNull, capacity: countOrNull },
    state: z.enum(ALERT_STATES),
    urgent: z.boolean(),
    ...{ source, room: textOrNull, title: textOrNull, meeting_id: textOrNull },
    person: about(z.nullable(person), "Whom it is about, where it is about one person"),
    scheduled_meeting_id: textOrNull,
    since: about(time, "Since when it was so"),
    raised_at: time,
    ...{ acknowledged_at: timeOrNull, acknowledged_by: textOrNull, over_at: timeOrNull },
    over_for: about(
      z.nullable(z.enum(OVER_REASONS)),
      "corrected: it turned out not to have been so; rule: its rule asks for it no more",
    ),
  }),
});

export const PAYLOADS: Readonly<Record<Trigger, { says: string; schema: z.ZodMiniType }>> = {
  "participant_events.join_leave": {
    says: "Somebody joined or left, in Attendee's payload",
    schema: participantEvent("participant_events.join_leave", ["join", "leave"]),
  },
  "participant_events.update": {
    says: "Somebody's role or name changed, in Attendee's payload",
    schema: participantEvent("participant_events.update", ["update"]),
  },
  "participant.joined": {
    says: "Somebody joined, in Daily's payload",
    schema: joined("participant.joined"),
  },
  "participant.left": {
    says: "Somebody left, in Daily's payload",
    schema: left("participant.left"),
  },
  "waiting-participant.joined": {
    says: "Somebody waits to be let in, in Daily's payload",
    schema: joined("waiting-participant.joined"),
  },
  "waiting-participant.left": {
    says: "Somebody does not wait any more, in Daily's payload",
    schema: left("waiting-participant.left"),
  },
  "meeting.started": {
    says: "A meeting began, in Daily's payload",
    schema: envelope(
      "meeting.started",
      z.strictObject({ start_ts: seconds, meeting_id: z.string(), room: z.string() }),
    ),
  },
  "meeting.ended": {
    says: "A meeting is over, in Daily's payload",
    schema: envelope(
      "meeting.ended",
      z.strictObject({
        start_ts: about(z.nullable(z.number()), "Cut to a whole second, as Daily does"),
        ...{ end_ts: seconds, meeting_id: z.string(), room: z.string() },
      }),
    ),
  },
  "wait.admitted": {
    says: "Somebody who waited was let in",
    schema: own(
      "wait.admitted",
      z.strictObject({
        ...{ meeting, person },
        wait: z.strictObject({
          ...{ participant_id: z.string(), started_at: time, ended_at: time },
          duration_ms: count,
        }),
      }),
    ),
  },
  "host.changed": {
    says: "Others are host than before",
    schema: own(
      "host.changed",
      z.strictObject({ meeting, hosts: z.array(person), before: z.array(person) }),
    ),
  },
  "meeting.merged": {
    says: "What was told as a meeting of its own is a part of another",
    schema: own("meeting.merged", z.strictObject({ id: z.string(), into: z.string(), meeting })),
  },
  "attendance.ready": {
    says: "Who attended a meeting, ten minutes after it ended and nothing more came",
    schema: own("attendance.ready", attended),
  },
  "attendance.corrected": {
    says: "Who attended a meeting turned out otherwise than was told",
    schema: own("attendance.corrected", attended),
  },
  "no_show.host": {
    says: "A host who was expected never came, and none of the roster's others did",
    schema: own("no_show.host", missed),
  },
  "no_show.guest": {
    says: "A guest who was expected never came",
    schema: own("no_show.guest", missed),
  },
  "alert.raised": {
    says: "Somebody is needed, by a rule",
    schema: own("alert.raised", alarmed),
  },
  "alert.cleared": {
    says: "Nobody is needed any more: it is over, or turned out not to have been so",
    schema: own("alert.cleared", alarmed),
  },
  "endpoint.paused": {
    says: "Nothing is sent to another endpoint any more",
    schema: own(
      "endpoint.paused",
      z.strictObject({
        endpoint: z.strictObject({ id: z.string(), url: z.string() }),
        reason: z.nullable(z.enum(["by_hand", "failing", "gone"])),
        failing_since: timeOrNull,
      }),
    ),
  },
};
