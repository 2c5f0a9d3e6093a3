import * as z from "zod/mini";
import { about, named, textOrNull } from "#server/http/schema.ts";

/** A page in the order of Attendee's fields. */
function pageOfBot<Row extends z.ZodMiniType>(row: Row) {
  return z.object({ next: textOrNull, previous: textOrNull, results: z.array(row) });
}

const event = z.object({
  type: z.string(),
  created_at: z.string(),
  sub_type: z.exactOptional(z.string()),
});

export const bot = named(
  "Bot",
  z.object({
    id: z.string(),
    metadata: z.nullable(z.record(z.string(), z.unknown())),
    meeting_url: about(textOrNull, "Where it was sent, once that is known"),
    state: z.string(),
    events: about(z.array(event), "As far as webhooks report them"),
    transcription_state: about(z.literal("not_started"), "No transcript is kept here"),
    recording_state: z.enum(["not_started", "in_progress", "paused", "complete", "failed"]),
    join_at: textOrNull,
    deduplication_key: z.null(),
  }),
);

export const botPage = pageOfBot(bot);

export const botParticipants = pageOfBot(
  named(
    "BotParticipant",
    z.object({
      id: z.string(),
      name: textOrNull,
      uuid: z.string(),
      user_uuid: textOrNull,
      is_host: z.boolean(),
    }),
  ),
);

export const botEvents = pageOfBot(
  named(
    "BotEvent",
    z.object({
      id: z.string(),
      participant_name: textOrNull,
      participant_uuid: z.string(),
      participant_user_uuid: textOrNull,
      participant_is_host: z.boolean(),
      event_type: z.enum(["join", "leave", "update"]),
      event_data: z.record(z.string(), z.unknown()),
      timestamp_ms: z.int(),
    }),
  ),
);

export const botFailure = named(
  "BotError",
  z.union([z.object({ detail: z.string() }), z.object({ error: z.string() })]),
);
