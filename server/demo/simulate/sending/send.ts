import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import type { Ms } from "#domain/time/ms.ts";
import { mannerNamed } from "#server/demo/world/manner.ts";

/** Where the webhooks of one provider go, and the secret that signs them. */
export interface WebhookTarget {
  /** The source's webhook path, such as `/api/webhooks/…/…`. */
  path: string;
  /** Base64. */
  secret: string;
}

export interface Server {
  baseUrl: string;
  /** By the name of the provider. */
  sources: Readonly<Record<string, WebhookTarget>>;
}

/** What is sent, and by whom. */
export interface Parcel {
  provider: string;
  body: string;
}

const accepted = z.object({ status: z.enum(["recorded", "repeated", "ignored", "unreadable"]) });

/**
 * The outcome of a delivery. `refused`: answered with a status that trying again would not change;
 * `failed`: not taken, or not answered, after all tries.
 */
export type SendOutcome = z.infer<typeof accepted>["status"] | "refused" | "failed";

const TRIES = 6;
const SECOND: Ms = 1000;
/** The shortest that a provider waits for an answer. */
const TIMEOUT: Ms = 10 * SECOND;
const LONGEST_PAUSE: Ms = 15 * SECOND;

/**
 * Delivers once, signed when it is sent; a delivery that the server cannot take now is sent again after the
 * pause it asks for. Rejects only when `signal` aborts, and when it cannot be signed.
 */
export async function send(
  { baseUrl, sources }: Server,
  { provider: named, body }: Parcel,
  now: () => Ms,
  signal: AbortSignal,
): Promise<SendOutcome> {
  const { provider } = mannerNamed(named);
  const { path, secret } = targetIn(sources, named);
  const url = new URL(path, baseUrl);
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const headers = provider.sign(body, secret, now());
    const reply = await once(url, { method: "POST", headers, body }, signal);
    if (typeof reply === "string") return reply;
    if (attempt < TRIES) await pause(reply.pauseMs ?? 100 * 2 ** attempt, undefined, { signal });
  }
  return "failed";
}

/** Throws where the provider has no source. */
export function targetIn(sources: Server["sources"], named: string): WebhookTarget {
  const target = sources[named];
  if (target === undefined) throw new Error(`no source of ${named} takes what is simulated`);
  return target;
}

/** An outcome, or the pause before the next try; `null` where the server named none. */
async function once(
  url: URL,
  request: RequestInit,
  signal: AbortSignal,
): Promise<SendOutcome | { pauseMs: Ms | null }> {
  try {
    const deadline = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT)]);
    const response = await fetch(url, { ...request, signal: deadline });
    const text = await response.text();
    if (response.status === 200) return acceptedAs(text);
    if (response.status < 500) return "refused";
    return { pauseMs: retryAfter(response.headers.get("retry-after")) };
  } catch (error) {
    if (signal.aborted) throw error;
    return { pauseMs: null };
  }
}

function acceptedAs(text: string): SendOutcome {
  try {
    return accepted.parse(JSON.parse(text)).status;
  } catch {
    // Another server answered 200, not Rollcall.
    return "failed";
  }
}

function retryAfter(header: string | null): Ms | null {
  const seconds = header === null || header.trim() === "" ? Number.NaN : Number(header);
  return seconds >= 0 ? Math.min(seconds * SECOND, LONGEST_PAUSE) : null;
}
