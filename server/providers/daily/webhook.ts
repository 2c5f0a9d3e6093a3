import { z } from "zod";
import type { WebhookAtProvider } from "#domain/sources/catching-up/webhook-state.ts";
import { answeredAs } from "#server/providers/contract/answered.ts";
import type { NewWebhook, WebhookMade } from "#server/providers/contract/contract.ts";
import type { ProviderApi } from "#server/providers/contract/provider-api.ts";

/** What tells of attendance. All else that Daily reports would only be ignored here. */
export const EVENT_TYPES = [
  "meeting.started",
  "meeting.ended",
  "participant.joined",
  "participant.left",
  "waiting-participant.joined",
  "waiting-participant.left",
] as const;

const webhook = z.object({
  uuid: z.string().min(1),
  url: z.string(),
  // Its values are documented in three ways: what is not known says nothing.
  state: z.unknown().optional(),
});
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
  const all = await webhooksAt(api);
  const existing = all.find((one) => one.url === url);
  const path = existing ? `/webhooks/${encodeURIComponent(existing.uuid)}` : "/webhooks";
  const { uuid } = answeredAs(webhook, await api.ask("POST", path, body));
  return { id: uuid, made: existing ? "updated" : "created" };
}

/** How the webhook stands that sends to an address with this path. Throws `ProviderApiFailure`. */
export async function stateOfWebhook(api: ProviderApi, path: string): Promise<WebhookAtProvider> {
  const own = (await webhooksAt(api)).filter(({ url }) => URL.parse(url)?.pathname.endsWith(path));
  if (own.length === 0) return "none";
  return own.some(({ state }) => !isOff(state)) ? "on" : "off";
}

function isOff(state: unknown): boolean {
  return typeof state === "string" && /^(failed|inactive)$/i.test(state);
}

async function webhooksAt(api: ProviderApi): Promise<z.infer<typeof webhook>[]> {
  return answeredAs(webhooks, await api.ask("GET", "/webhooks"));
}

/** What Daily says in an error: `{"error": "invalid-request-error", "info": "…"}`. */
export function wordsIn(json: unknown): string | null {
  const read = z.object({ info: z.string().optional(), error: z.string().optional() });
  const { data } = read.safeParse(json);
  return data?.info ?? data?.error ?? null;
}
