import type { MeetingEvent } from "#domain/event/event.ts";
import { provider, type WebhookProvider } from "#server/providers/providers.ts";

/**
 * The body with which a provider reports `event` of `room`, so that a test lists events and the server receives
 * webhooks. The same `id` makes the same delivery.
 */
export function bodyOf(
  named: WebhookProvider,
  event: MeetingEvent,
  room: string,
  id: string,
): string {
  const body = provider(named)?.speak(event, room, id);
  if (!body) throw new Error(`${named} never reports ${event.type}`);
  return body;
}
