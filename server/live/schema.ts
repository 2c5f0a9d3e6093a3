import * as z from "zod/mini";
import type { HaltReason } from "#domain/live/recording.ts";
import { about, asOf, count, countOrNull, timeOrNull } from "#server/http/schema.ts";

const HALTS = ["disk_full", "read_only", "unavailable"] as const satisfies readonly HaltReason[];

const down = z.object({ status: about(z.literal("down"), "It did not answer within 3 s") });
const up = z.object({ status: z.literal("ok"), answered_in_ms: count });
const last_kept_at = about(timeOrNull, "When this process last stored a delivery");

const REST = {
  refused_sources: about(count, "How many sources had their last webhook refused"),
  webhooks_off: about(
    count,
    "How many webhooks their providers switched off, or do not have any more, where a source keeps a key",
  ),
  unprojected: about(countOrNull, "Stored webhooks that are not projected yet"),
  oldest_unprojected_ms: about(countOrNull, "How long ago the first of them came"),
  stopped_rooms: about(
    countOrNull,
    "Rooms that are not projected: an event in them cannot be read",
  ),
  as_of: asOf,
};

/** What is answered before the database is asked, and while the process stops. */
const notNow = z.object({
  status: about(
    z.enum(["starting", "stopping"]),
    "The server is being brought up, its database to the current version with it, or ends",
  ),
});

export const healthy = z.object({
  status: z.literal("ok"),
  database: up,
  keeping: z.object({ status: z.literal("ok"), last_kept_at }),
  ...REST,
  sources: count,
  last_event_at: timeOrNull,
});

export const unhealthy = z.object({
  status: z.literal("down"),
  database: z.union([up, down]),
  keeping: about(
    z.object({
      status: z.literal("failing"),
      reason: z.enum(HALTS),
      since: timeOrNull,
      last_kept_at,
    }),
    "Whether deliveries can be stored",
  ),
  ...REST,
});

/** The answer of 503: what is known of it, or that it is too early or too late to say. */
export const notHealthy = z.union([unhealthy, notNow]);

export const ready = z.object({ status: z.literal("ready") });
export const notReady = z.union([
  z.object({
    status: z.literal("down"),
    reason: about(z.enum(HALTS), "Why webhooks cannot be stored"),
  }),
  notNow,
]);
