import { createHmac, timingSafeEqual } from "node:crypto";
import type { Ms } from "#domain/time/ms.ts";

export const SESSION_COOKIE = "rollcall_session";
const LASTS_MS = 30 * 86_400_000;

/**
 * The session of the person at this machine: the pages are served to the loopback host only, and give it out. It
 * contains only until when it is valid, and is valid in the epoch in which it was made.
 */
export function makeSession(secret: string, now: Ms, epoch: string | null = null): string {
  const until = String(now + LASTS_MS);
  return `${until}.${sign(until, secret, epoch)}`;
}

/** Until when a session is valid; `null` where it is not, or no longer. */
export function sessionEnd(
  value: string | null,
  secret: string,
  now: Ms,
  epoch: string | null,
): Ms | null {
  const [until = "", signature = ""] = (value ?? "").split(".");
  const right = Buffer.from(sign(until, secret, epoch));
  const given = Buffer.from(signature);
  const isValid =
    right.length === given.length && timingSafeEqual(right, given) && Number(until) > now;
  return isValid ? Number(until) : null;
}

/** The whole `Set-Cookie` header. No `Secure`: it is given out on the loopback host only, where there is no TLS. */
export function sessionCookie(secret: string, now: Ms, epoch: string | null): string {
  const session = makeSession(secret, now, epoch);
  const age = LASTS_MS / 1000;
  return `${SESSION_COOKIE}=${session}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${age}`;
}

/** The session in a `Cookie` header, if any. */
export function sessionIn(cookies: string | null | undefined): string | null {
  for (const pair of (cookies ?? "").split(";")) {
    const [name, value] = pair.trim().split("=", 2);
    if (name === SESSION_COOKIE && value !== undefined) return value;
  }
  return null;
}

/** A `Cookie` header without the session. */
export function withoutSession(cookies: string | undefined): string {
  const pairs = (cookies ?? "").split(";").map((pair) => pair.trim());
  return pairs.filter((pair) => !pair.startsWith(`${SESSION_COOKIE}=`)).join("; ");
}

function sign(until: string, secret: string, epoch: string | null): string {
  const text = epoch === null ? `session until ${until}` : `session of ${epoch} until ${until}`;
  return createHmac("sha256", secret).update(text).digest("base64url");
}

const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i;

/**
 * Whether a `Host` header names this machine itself, as a browser writes it. Anything else may be a rebound
 * name or a proxy.
 */
export function isLoopback(host: string | null | undefined): boolean {
  return typeof host === "string" && LOOPBACK.test(host);
}
