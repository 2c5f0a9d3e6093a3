import { z } from "zod";
import type { Ms } from "#domain/time/ms.ts";
import type { LoggedAttempt } from "./listed.ts";

const event = z.object({ type: z.string().min(1), payload: z.looseObject({}) });

/**
 * The body of a webhook that was sent since then and not taken; `null` where it came here, or tells of nothing. One for
 * another address that was taken there is missing here all the same.
 */
export function sentIn(
  { url, status, createdAt, request }: LoggedAttempt,
  { since, webhookPath }: { since: Ms; webhookPath: string },
): string | null {
  if (createdAt != null && Date.parse(createdAt) < since) return null;
  const isHere = url != null && URL.parse(url)?.pathname.endsWith(webhookPath) === true;
  if (isHere && /^2\d\d$/.test(String(status))) return null;
  const body = typeof request === "string" ? request : JSON.stringify(request ?? null);
  return event.safeParse(jsonIn(body)).success ? body : null;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
