import { z } from "zod";
import { textOf } from "#server/providers/contract/provider.ts";

/*
 * What Rollcall keeps of Attendee's bodies and does not tell itself, for those who ask in Attendee's own
 * words. Bodies were verified when they came, and still may say nothing: then the answer is `null`.
 */

const id = z.string().min(1).nullish().catch(null);
const object = z.record(z.string(), z.unknown());
const words = z.string().min(1);

const KeptEvent = z.object({
  data: z.object({ id, event_data: object.nullish().catch(null) }),
});

const KeptChange = z.object({
  data: z.object({
    event_type: words,
    event_sub_type: words.nullish().catch(null),
    new_state: words.nullish().catch(null),
    created_at: words,
    event_metadata: z
      .object({ join_at: words.nullish().catch(null) })
      .nullish()
      .catch(null),
  }),
});

const KeptMetadata = z.object({
  bot_metadata: object.nullish().catch(null),
  app_session_metadata: object.nullish().catch(null),
});

/** What a participant event was called, and what it carried. */
export interface KeptEvent {
  id: string | null;
  eventData: Record<string, unknown> | null;
}

export function keptEvent(body: Uint8Array): KeptEvent {
  const { data } = read(KeptEvent, body) ?? { data: null };
  return { id: data?.id ?? null, eventData: data?.event_data ?? null };
}

/** A change of a bot's state. Times are ISO 8601 in UTC, as exact as they came. */
export interface KeptChange {
  type: string;
  subType: string | null;
  newState: string | null;
  createdAt: string;
  /** When the bot is to join, where the change says. */
  joinAt: string | null;
}

/** `null` for what is no change, or does not say when it was. */
export function keptChange(body: Uint8Array): KeptChange | null {
  const { data } = read(KeptChange, body) ?? { data: null };
  const createdAt = data && inUtc(data.created_at);
  if (!data || !createdAt) return null;
  return {
    type: data.event_type,
    subType: data.event_sub_type ?? null,
    newState: data.new_state ?? null,
    createdAt,
    joinAt: inUtc(data.event_metadata?.join_at ?? ""),
  };
}

/** The user's own words about the bot. */
export function keptMetadata(body: Uint8Array): Record<string, unknown> | null {
  const kept = read(KeptMetadata, body);
  return kept?.bot_metadata ?? kept?.app_session_metadata ?? null;
}

function read<T>(schema: z.ZodType<T>, body: Uint8Array): T | null {
  try {
    return schema.safeParse(JSON.parse(textOf(body) ?? "null")).data ?? null;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return null;
  }
}

const INSTANT = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(\.\d{1,9})?(Z|[+-]\d\d:?\d\d)$/;

/** Attendee writes one moment as `…+00:00` in its webhooks and as `…Z` where it is asked. */
function inUtc(text: string): string | null {
  const [, day, time, fraction = "", offset] = INSTANT.exec(text) ?? [];
  const seconds = Date.parse(`${day}T${time}${offset}`);
  if (Number.isNaN(seconds)) return null;
  return `${new Date(seconds).toISOString().slice(0, 19)}${fraction}Z`;
}
