import { z } from "zod";
import type { NewWebhook, WebhookMade } from "#server/providers/contract/contract.ts";
import { type ProviderApi, ProviderApiFailure } from "#server/providers/contract/provider-api.ts";

/** What tells of attendance. All else that Daily reports would only be ignored here. */
export const EVENT_TYPES = [
  "meeting.started",
  "meeting.ended",
  "participant.joined",
  "participant.left",
  "waiting-participant.joined",
  "waiting-participant.left",
] as const;

const webhook = z.object({ uuid: z.string().min(1), url: z.string() });
/** Documented as a list; an object around it has been seen elsewhere in this API. */
const webhooks = z.union([
  z.array(webhook),
  z.object({ data: z.array(webhook) }).transform(({ data }) => data),
]);

/**
 * Makes the webhook at Daily, or brings the one that has this address already up to date, which also switches it on
 * again. Daily sends its ping before it answers. Throws `ProviderApiFailure`.
 */
export async function makeWebhook(
  api: ProviderApi,
  { url, secret }: NewWebhook,
): Promise<WebhookMade> {
  const body = { url, hmac: secret, retryType: "exponential", eventTypes: EVENT_TYPES };
  const all = parsed(webhooks, await api.ask("GET", "/webhooks"));
  const existing = all.find((one) => one.url === url);
  const path = existing ? `/webhooks/${encodeURIComponent(existing.uuid)}` : "/webhooks";
  const { uuid } = parsed(webhook, await api.ask("POST", path, body));
  return { id: uuid, made: existing ? "updated" : "created" };
}

/** What Daily says in an error: `{"error": "invalid-request-error", "info": "…"}`. */
export function wordsIn(json: unknown): string | null {
  const read = z.object({ info: z.string().optional(), error: z.string().optional() });
  const { data } = read.safeParse(json);
  return data?.info ?? data?.error ?? null;
}

function parsed<T>(schema: z.ZodType<T>, json: unknown): T {
  const read = schema.safeParse(json);
  if (read.success) return read.data;
  const said = "Its answer was not as its documentation says.";
  throw new ProviderApiFailure("away", { said, cause: read.error });
}
