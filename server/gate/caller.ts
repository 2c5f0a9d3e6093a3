import { keyNamed, noteKeyUsed } from "#db/access/keys.ts";
import { sessionEpoch } from "#db/access/sessions.ts";
import type { Orm } from "#db/sql/orm.ts";
import type { Ms } from "#domain/time/ms.ts";
import { onceAMinute } from "./once-a-minute.ts";
import { isLoopback, isOwnOrigin, sessionEnd, sessionIn } from "./session.ts";

/** Who asks: a program with an API key, or somebody at this machine's browser. */
export type Caller =
  | { kind: "key"; id: string; name: string }
  | { kind: "session"; until: Ms; epoch: string | null };

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
    if (key === null) return null;
    if (isDue(key.id, now)) {
      // It is for people to look at: a request that may be answered does not fail for it.
      noteKeyUsed(orm, key.id, now).catch(() => undefined);
    }
    return { kind: "key", ...key };
  }
  const session = isLoopback(host) && isOwnOrigin(origin, host) ? sessionIn(cookies) : null;
  if (session === null) return null;
  const epoch = await sessionEpoch(orm);
  const until = sessionEnd(session, secret, now, epoch);
  return until === null ? null : { kind: "session", until, epoch };
}

const isDue = onceAMinute();

/** The key of an `Authorization: Bearer …` or `Token …` header. */
export function tokenIn(authorization: string | null): string | null {
  const match = /^(?:bearer|token) +(\S+)$/i.exec(authorization?.trim() ?? "");
  return match?.[1] ?? null;
}
