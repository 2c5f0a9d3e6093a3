import * as z from "zod/mini";
import { SCOPES } from "#domain/access/scope.ts";
import { about, named, time, timeOrNull } from "#server/http/schema.ts";

export const apiKey = named(
  "ApiKey",
  z.object({
    id: z.string(),
    name: about(z.string(), "Who uses it"),
    scopes: about(z.array(z.enum(SCOPES)), "What it may"),
    sources: about(z.nullable(z.array(z.string())), "Ids of the sources it sees; null for all"),
    rooms: about(
      z.nullable(z.array(z.string())),
      "Patterns, of which one fits the key or the title of each room it sees; null for all",
    ),
    masked: about(z.boolean(), "Whether it sees initials instead of names"),
    created_at: time,
    expires_at: about(timeOrNull, "It opens nothing from then on; null for never"),
    last_used_at: about(timeOrNull, "To the minute"),
    revoked_at: timeOrNull,
  }),
);

export const apiKeys = z.object({ results: z.array(apiKey) });

export const createdKey = z.object({
  ...apiKey.shape,
  key: about(z.string(), "The key itself: it is answered once, and stored nowhere"),
});
