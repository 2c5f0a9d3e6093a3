import type { Orm } from "#db/client.ts";
import { keyNamed } from "#db/keys.ts";
import type { Ms } from "#domain/event.ts";
import { isLoopback, isOwnOrigin, isSession, sessionIn } from "./session.ts";

/** Who asks: a program with an API key, or somebody at this machine's browser. */
export type Caller = { kind: "key"; id: string; name: string } | { kind: "session" };

/** What a request or a handshake shows of whoever asks. */
export interface Credentials {
  /** An API key by itself. */
  token: string | null;
  cookies: string | null | undefined;
  host: string | null | undefined;
  origin: string | null | undefined;
}

/** The caller, or `null` for a stranger. A key that is shown must be good: no session makes up for it. */
export async function callerOf(
  { token, cookies, host, origin }: Credentials,
  orm: Orm,
  secret: string,
  now: Ms,
): Promise<Caller | null> {
  if (token !== null) {
    const key = await keyNamed(orm, token);
    return key === null ? null : { kind: "key", ...key };
  }
  const atThisMachine = isLoopback(host) && isOwnOrigin(origin, host);
  return atThisMachine && isSession(sessionIn(cookies), secret, now) ? { kind: "session" } : null;
}

/** The key of an `Authorization: Bearer …` or `Token …` header. */
export function tokenIn(authorization: string | null): string | null {
  const match = /^(?:bearer|token) +(\S+)$/i.exec(authorization?.trim() ?? "");
  return match?.[1] ?? null;
}
