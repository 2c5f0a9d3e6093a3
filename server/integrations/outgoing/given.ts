import { z } from "zod";
import { unknownSources } from "#db/sources/sources.ts";
import type { Orm } from "#db/sql/orm.ts";
import { MOST_PATTERNS, PATTERN_LENGTH } from "#domain/access/sight.ts";
import { SIGNINGS, TRIGGERS } from "#domain/integrations/outgoing/endpoint.ts";
import { LONGEST_URL } from "./sending/address.ts";
import { isSecret } from "./sending/signing.ts";

const triggers = z.array(z.enum(TRIGGERS)).min(1);
const sources = z.array(z.uuid().toLowerCase()).min(1).max(100).nullable();
const rooms = z.array(z.string().min(1).max(PATTERN_LENGTH)).min(1).max(MOST_PATTERNS).nullable();
const secretOfEndpoint = z
  .string()
  .refine(isSecret, "must be base64 of 24 to 64 bytes, also after whsec_");
const url = z.string().trim().min(1).max(LONGEST_URL);

export const newEndpointShape = z.strictObject({
  url,
  triggers,
  signing: z.enum(SIGNINGS).default("standard"),
  sources: sources.default(null),
  rooms: rooms.default(null),
  secret: secretOfEndpoint.nullish(),
});

export const endpointShape = z.strictObject({
  url: url.optional(),
  triggers: triggers.optional(),
  signing: z.enum(SIGNINGS).optional(),
  sources: sources.optional(),
  rooms: rooms.optional(),
  /** Pauses it, or lets it go on. */
  paused: z.boolean().optional(),
});

export const endpointRotationShape = z.strictObject({
  secret: secretOfEndpoint.nullish(),
  until: z.iso.datetime({ offset: true }).nullish(),
});

export const resendShape = z.strictObject({
  from: z.iso.datetime({ offset: true }),
  to: z.iso.datetime({ offset: true }),
  only: z.enum(["failed", "all"]).default("failed"),
});

/** The first of these sources that is none; `null` where all are. */
export async function unknownSource(
  orm: Orm,
  ids: readonly string[] | null | undefined,
): Promise<string | null> {
  const [unknown] = await unknownSources(orm, ids ?? []);
  return unknown ?? null;
}
