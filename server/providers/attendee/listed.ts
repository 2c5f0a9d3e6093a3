import { z } from "zod";

/* What Attendee's API lists: only what is used of it. Pages are of 25, oldest first, and lead to the next. */

const label = z.string().nullish().catch(null);

const change = z.object({ type: z.string().min(1), created_at: z.string(), sub_type: label });

/** `GET /bots` and `GET /bots/{id}`. */
export const bot = z.object({
  id: z.string().min(1),
  meeting_url: label,
  metadata: z.record(z.string(), z.unknown()).nullish().catch(null),
  state: label,
  events: z.array(change).catch([]),
});

/** `GET /bots/{id}/participant_events`: as a webhook has them in its `data`. */
export const participantEvent = z.looseObject({
  id: z.string().min(1),
  event_type: z.string(),
  timestamp_ms: z.number(),
});

/** `GET /bots/{id}/participants`: with or without any event. */
export const participant = z.object({
  uuid: z.string().min(1),
  user_uuid: label,
  name: label,
  is_host: z.boolean(),
});

/** One page of a list. */
export function pageOf<T>(item: z.ZodType<T>) {
  return z.object({ next: z.string().nullable(), results: z.array(item) });
}

export type Bot = z.infer<typeof bot>;
export type BotChange = z.infer<typeof change>;
