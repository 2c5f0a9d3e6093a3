/**
 * The webhook of a source at its provider: `on`; `off`, as after too many failures; `missing` though it was there once;
 * `unseen` where there is none with this address, and never was one.
 */
export const WEBHOOK_STATES = ["on", "off", "missing", "unseen"] as const;
export type WebhookState = (typeof WEBHOOK_STATES)[number];

/** What a provider says of the webhook with an address. */
export type WebhookAtProvider = "on" | "off" | "none";

/** The state of a webhook, after what its provider says now; `null` before was never looked. */
export function webhookStateOf(now: WebhookAtProvider, before: WebhookState | null): WebhookState {
  if (now !== "none") return now;
  return before === null || before === "unseen" ? "unseen" : "missing";
}

/** Whether nothing comes of it that should. */
export function isWebhookLost(state: WebhookState | null): boolean {
  return state === "off" || state === "missing";
}
