import { ECDH } from "node:crypto";
import { buildPushPayload } from "@block65/webcrypto-web-push";
import { z } from "zod";
import type { PushedAlert } from "#domain/desk/alerts/pushed.ts";
import type { Ms } from "#domain/time/ms.ts";
import { post, type WebhookAnswer } from "#server/integrations/outgoing/sending/post.ts";
import type { Networks } from "#server/runtime/networks.ts";
import { pushKeys } from "./keys.ts";

/** A browser's subscription, as `PushSubscription.toJSON` has it. */
export const subscriptionShape = z.object({
  endpoint: z.url().max(2_000),
  keys: z.object({
    /** A point of the curve, and sixteen bytes. */
    p256dh: z
      .string()
      .regex(/^[A-Za-z0-9_-]{87}=?$/)
      .refine(isPoint, "is no point of the curve"),
    auth: z.string().regex(/^[A-Za-z0-9_-]{22}(?:==)?$/),
  }),
});
export type Subscription = z.output<typeof subscriptionShape>;

/** Who is not reached within this time is not alarmed of what was. */
const HOLDS_SECONDS = 3_600;
/** What a push service says of a subscription that is no more. */
const GONE: ReadonlySet<number | null> = new Set([404, 410]);

function isPoint(key: string): boolean {
  try {
    ECDH.convertKey(key, "prime256v1", "base64url");
    return true;
  } catch {
    return false;
  }
}

interface Pushing {
  secret: string;
  allowed: Networks;
  publicUrl: string | null;
  withinMs: Ms;
  signal: AbortSignal;
}

/** Whether the subscription is no more, by what its push service answered. */
export function isGone({ status }: Pick<WebhookAnswer, "status">): boolean {
  return GONE.has(status);
}

/** Sends something to a device by its push service, which cannot read it. Rejects for keys that are none. */
export async function push(
  { endpoint, keys }: Subscription,
  { alert, ...pushed }: PushedAlert,
  { secret, allowed, publicUrl, withinMs, signal }: Pushing,
): Promise<WebhookAnswer> {
  const urgency = pushed.calls ? "high" : "normal";
  // What is told later of the same alert takes the place of what was not fetched yet.
  const topic = alert.replaceAll("-", "").slice(0, 32);
  const { headers, body } = await buildPushPayload(
    { data: { alert, ...pushed }, options: { ttl: HOLDS_SECONDS, urgency, topic } },
    // Where a network is allowed without TLS, the package is told of the address as it would be with it.
    {
      endpoint: endpoint.replace(/^http:/, "https:"),
      expirationTime: null,
      keys,
    },
    { subject: publicUrl ?? "mailto:rollcall@localhost", ...pushKeys(secret) },
  );
  const { "content-length": _, ...others } = headers;
  return post(endpoint, { headers: others, body, allowed, withinMs, signal });
}
