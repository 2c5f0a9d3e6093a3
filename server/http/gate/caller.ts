import { keyNamed, type LiveKey, noteKeyUsed } from "#db/access/keys.ts";
import { sessionEpoch } from "#db/access/sessions.ts";
import type { Orm } from "#db/sql/orm.ts";
import { roleMay } from "#domain/access/role.ts";
import { type Access, scopeFor } from "#domain/access/scope.ts";
import { type Sight, WHOLE_SIGHT } from "#domain/access/sight.ts";
import type { Ms } from "#domain/time/ms.ts";
import { isOwned } from "#server/access/sign-in/owned.ts";
import { type SignedIn, signedIn } from "#server/access/sign-in/session.ts";
import { onceAMinute } from "./once-a-minute.ts";
import { sessionEnd, sessionIn } from "./session.ts";

/** Who sends a request, and what of the rooms they may see. */
export type Caller = { sight: Sight } & (
  | ({ kind: "key" } & LiveKey)
  /** Whoever is at a browser on this machine, as long as nobody signs in. */
  | { kind: "session"; until: Ms; epoch: string | null }
  /** Somebody who signed in. */
  | ({ kind: "member" } & Omit<SignedIn, "lacksCode">)
);

/** What a request or a handshake shows of its sender. The gate has taken out the cookies that do not count. */
export interface Credentials {
  /** An API key by itself. */
  token: string | null;
  cookies: string | null | undefined;
}

/** The caller; `null` where there is none known. A key that is sent must be valid: no session replaces it. */
export async function callerOf(
  { token, cookies }: Credentials,
  orm: Orm,
  secret: string,
  now: Ms,
): Promise<Caller | null> {
  if (token !== null) {
    const key = await keyNamed(orm, token, now);
    if (key === null) return null;
    if (isDue(key.id, now)) {
      // This is only shown to people: a request does not fail because it could not be noted.
      noteKeyUsed(orm, key.id, now).catch(() => undefined);
    }
    return { kind: "key", ...key };
  }
  const member = await signedIn(cookies, orm, secret);
  if (member !== null) return member.lacksCode ? null : { kind: "member", ...member };
  const session = sessionIn(cookies);
  if (session === null || (await isOwned(orm))) return null;
  const epoch = await sessionEpoch(orm);
  const until = sessionEnd(session, secret, now, epoch);
  return until === null ? null : { kind: "session", sight: WHOLE_SIGHT, until, epoch };
}

const isDue = onceAMinute();

/** Whether a caller may do such a thing: a key by its scopes, a member by their role, this machine everything. */
export function isAllowed(caller: Caller, access: Access): boolean {
  switch (caller.kind) {
    case "key":
      return caller.scopes.some((scope) => scope === scopeFor(access));
    case "member":
      return roleMay(caller.role, access);
    case "session":
      return true;
    default:
      return caller satisfies never;
  }
}

/** The key of an `Authorization: Bearer …` or `Token …` header. */
export function tokenIn(authorization: string | null): string | null {
  const match = /^(?:bearer|token) +(\S+)$/i.exec(authorization?.trim() ?? "");
  return match?.[1] ?? null;
}
