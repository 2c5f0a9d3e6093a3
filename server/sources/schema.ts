import * as z from "zod/mini";
import type { WireSource } from "#domain/event/recorded.ts";
import type { RefusalReason } from "#domain/live/recording.ts";
import {
  about,
  count,
  countOrNull,
  named,
  type ShapeOf,
  textOrNull,
  time,
  timeOrNull,
} from "#server/http/schema.ts";

export const source = named(
  "Source",
  z.object({
    id: z.string(),
    provider: z.string(),
    name: z.string(),
    demo: z.exactOptional(about(z.literal(true), "Made by simulate or seed: nobody in it is real")),
  } satisfies ShapeOf<WireSource>),
);

export const REASONS = [
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

export const installation = named(
  "Installation",
  z.object({
    time_zone: about(z.string(), "The default zone in which days begin"),
    set_by: about(z.enum(["variable", "setting", "server"]), "What set it"),
  }),
);
