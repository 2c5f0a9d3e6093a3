import * as z from "zod/mini";
import type { DeliverySummary, OpenedDelivery } from "#domain/event/delivery.ts";
import type { RefusalReason } from "#domain/live/recording.ts";
import {
  about,
  count,
  countOrNull,
  named,
  pageOf,
  type ShapeOf,
  source,
  textOrNull,
  time,
  timeOrNull,
} from "#server/http/schema.ts";

const REASONS = [
  "signature_missing",
  "signature_mismatch",
  "timestamp_missing",
  "timestamp_outside_tolerance",
  "paused",
  "too_large",
  "unfinished",
  "overloaded",
  "secret_unreadable",
  "not_stored",
] as const satisfies readonly RefusalReason[];

export const sourceWithSettings = named(
  "SourceWithSettings",
  z.object({
    ...source.shape,
    webhook_path: about(textOrNull, "Where its webhooks are sent; null for imported files"),
    meetings: about(
      z.enum(["by_gap", "one_per_room"]),
      "Whether a room has one meeting after another, parted by the gap",
    ),
    empty_gap_ms: count,
    grace_ms: count,
    note_takers: about(
      z.array(z.string()),
      "Words besides those known for all sources; a word with a minus is a person's name",
    ),
    untold: about(
      z.nullable(z.object({ done: count, total: countOrNull })),
      "While the past is rebuilt: how many events of how many are done",
    ),
    refused: about(
      z.nullable(
        z.object({
          count,
          reason: z.enum(REASONS),
          since: time,
          last_at: time,
          over_at: timeOrNull,
        }),
      ),
      "Which of its webhooks were refused; over_at once one was accepted again, for a day",
    ),
  }),
);

export const sources = z.object({ results: z.array(sourceWithSettings) });

const DELIVERY = {
  id: about(z.string(), "Begins with the month, in UTC, in which the delivery came"),
  source,
  type: about(textOrNull, "The provider's own name for this type of webhook or line"),
  room: textOrNull,
  status: z.enum(["recorded", "ignored", "unreadable"]),
  reason: about(textOrNull, "Why it could not be read, or why its body was erased"),
  received_at: time,
  repeats: about(count, "How often the provider sent it again"),
} satisfies ShapeOf<DeliverySummary>;

const summary = named("Delivery", z.object(DELIVERY));
export const deliveries = pageOf(summary);

export const openedDelivery = named(
  "OpenedDelivery",
  z.object({
    ...DELIVERY,
    body: about(textOrNull, "As it came; null where it is not text, or was erased"),
    body_base64: about(textOrNull, "A body that is not text"),
  } satisfies ShapeOf<OpenedDelivery>),
);

export const installation = named(
  "Installation",
  z.object({
    time_zone: about(z.string(), "The default zone in which days begin"),
    set_by: about(z.enum(["variable", "setting", "server"]), "What set it"),
  }),
);
