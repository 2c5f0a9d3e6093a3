import { MOST_PATIENCE_MS } from "#domain/integrations/outgoing/pace.ts";
import type { Ms } from "#domain/time/ms.ts";

/** The patience that a `Retry-After` asks for, in seconds or as a date; `null` where it cannot be read. */
export function retryAfterMs(header: string | null, now: Ms): Ms | null {
  const text = header?.trim() ?? "";
  if (text === "") return null;
  const wanted = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isNaN(wanted) ? null : Math.min(Math.max(wanted, 0), MOST_PATIENCE_MS);
}
