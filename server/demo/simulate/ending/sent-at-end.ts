import type { Ms } from "#domain/time/ms.ts";
import type { Script, ScriptedDelivery } from "#server/demo/simulate/sending/script.ts";

/** What of a cut script had happened, and was still to be told: each once, and none said to be of a later moment. */
export function sentAtEnd(
  { deliveries }: Script,
  taken: ReadonlySet<ScriptedDelivery>,
  at: Ms,
): ScriptedDelivery[] {
  return deliveries
    .filter((delivery) => !delivery.repeat && !taken.has(delivery))
    .map((delivery) => ({ ...delivery, body: eventsOf(delivery, at) }));
}

/** Daily says when it sent something: nothing is sent later than now. */
function eventsOf({ body }: ScriptedDelivery, at: Ms): ScriptedDelivery["body"] {
  const sentAt = body["event_ts"];
  return typeof sentAt === "number" ? { ...body, event_ts: Math.min(sentAt, at / 1_000) } : body;
}
