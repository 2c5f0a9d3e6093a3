import type { Ms } from "#domain/time/ms.ts";
import type { Script, ScriptedDelivery } from "#server/demo/simulate/sending/script.ts";

/** The deliveries of a cut script that were not sent yet: each once, none with a later time of sending. */
export function sentAtEnd(
  { deliveries }: Script,
  taken: ReadonlySet<ScriptedDelivery>,
  at: Ms,
): ScriptedDelivery[] {
  return deliveries
    .filter((delivery) => !delivery.repeat && !taken.has(delivery))
    .map((delivery) => ({ ...delivery, body: sentBy(delivery, at) }));
}

/** Daily states when it sent a delivery: no later than `at`. */
function sentBy({ body }: ScriptedDelivery, at: Ms): ScriptedDelivery["body"] {
  const sentAt = body["event_ts"];
  return typeof sentAt === "number" ? { ...body, event_ts: Math.min(sentAt, at / 1_000) } : body;
}
