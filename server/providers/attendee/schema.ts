import { z } from "zod";
import { expected } from "#server/providers/contract/reading.ts";

// Only the fields that are used; required are only those without which there is no event.

const text = z.string({ error: expected("text") });

/** Descriptive fields: one with a wrong shape is dropped, so that the person's presence is still recorded. */
const label = z.string().nullish().catch(null);
const flag = z.boolean().nullish().catch(null);

/**
 * The user's own metadata of the bot. Attendee sends no title of the meeting,
 * but people who start bots often put it here, under one of these keys.
 */
export const Metadata = z
  .object({
    ...{ title: label, meeting_title: label, meeting_name: label, name: label, subject: label },
    meeting_url: label,
  })
  .nullish()
  .catch(null);

/** A bot has `bot_*`; an app session (Zoom without a bot) has `app_session_*`. */
export const AttendeeEnvelope = z.object(
  {
    idempotency_key: text.nullish(),
    trigger: text,
    bot_id: text.nullish(),
    bot_metadata: Metadata,
    app_session_id: text.nullish(),
    app_session_metadata: Metadata,
    data: z.unknown().optional(),
  },
  { error: expected("an object") },
);

/** Decides whether `data` is about attendance; its other fields are checked only then. */
export const Kind = z.object({ event_type: text }, { error: expected("an object") });

/** The address of a bot's meeting: no webhook tells it, its API does. */
export const BotMeeting = z.object({ meeting_url: text }, { error: expected("an object") });

/** `participant_events.join_leave`. */
export const AttendeeParticipantEvent = z.object(
  {
    id: text.nullish(),
    event_type: text,
    timestamp_ms: z.union(
      [
        z.number(),
        z
          .string()
          .regex(/^\d+(\.\d+)?$/)
          .transform(Number),
      ],
      {
        error: expected("a number"),
      },
    ),
    participant_uuid: text,
    participant_user_uuid: label,
    participant_name: label,
    participant_is_host: flag,
  },
  { error: expected("an object") },
);

/** `bot.state_change`. */
export const StateChange = z.object(
  {
    event_type: text,
    event_sub_type: label,
    old_state: label,
    new_state: label,
    created_at: text.nullish(),
    event_metadata: z
      .object({ remover_name: label, remover_uuid: label, remover_user_uuid: label })
      .nullish()
      .catch(null),
  },
  { error: expected("an object") },
);

export type Metadata = z.infer<typeof Metadata>;
export type AttendeeEnvelope = z.infer<typeof AttendeeEnvelope>;
export type AttendeeParticipantEvent = z.infer<typeof AttendeeParticipantEvent>;
export type StateChange = z.infer<typeof StateChange>;
