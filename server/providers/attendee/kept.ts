import { z } from "zod";
import { placeOf } from "#domain/meeting/same-place.ts";
import { textOf } from "#server/providers/contract/reading.ts";

/*
 * Reads fields of stored Attendee bodies that are part of no event, for the API that answers as Attendee does.
 * Bodies were verified when they came, but may be erased or lack a field: then the answer is `null`.
 */

const id = z.string().min(1).nullish().catch(null);
const object = z.record(z.string(), z.unknown());
const filled = z.string().min(1);

const KeptEvent = z.object({
  data: z.object({ id, event_data: object.nullish().catch(null) }),
});

const KeptChange = z.object({
  data: z.object({
    event_type: filled,
    event_sub_type: filled.nullish().catch(null),
    new_state: filled.nullish().catch(null),
    created_at: filled,
    event_metadata: z
      .object({ join_at: filled.nullish().catch(null) })
      .nullish()
      .catch(null),
  }),
});

const KeptMetadata = z.object({
  bot_metadata: object.nullish().catch(null),
  app_session_metadata: object.nullish().catch(null),
});

const KeptAddress = z.object({ data: z.object({ meeting_url: filled.nullish().catch(null) }) });

/** The id of a participant event, and its own data. */
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
  /** When the bot is to join, where the change states it. */
  joinAt: string | null;
}

/** `null` for a body that is no change, or has no readable time. */
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

/** The metadata that the user gave the bot or the app session. */
export function keptMetadata(body: Uint8Array): Record<string, unknown> | null {
  const stored = read(KeptMetadata, body);
  return stored?.bot_metadata ?? stored?.app_session_metadata ?? null;
}

/** Where the bot was sent: found by asking, or written into its metadata. `null` where it is no address. */
export function keptAddress(body: Uint8Array): string | null {
  const found = read(KeptAddress, body)?.data?.meeting_url;
  const address = found ?? keptMetadata(body)?.["meeting_url"];
  return typeof address === "string" && placeOf(address) !== null ? address : null;
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

/** Attendee writes a moment as `…+00:00` in webhooks and as `…Z` in its API. */
function inUtc(text: string): string | null {
  const [, day, time, fraction = "", offset] = INSTANT.exec(text) ?? [];
  const seconds = Date.parse(`${day}T${time}${offset}`);
  if (Number.isNaN(seconds)) return null;
  return `${new Date(seconds).toISOString().slice(0, 19)}${fraction}Z`;
}
