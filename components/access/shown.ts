import { isOpenKey } from "#domain/access/open.ts";
import type { Ms } from "#domain/time/ms.ts";
import { fromWireTime } from "#domain/time/wire-time.ts";
import type { apiKey, member, memberSession } from "#server/access/schema.ts";
import type { AnswerOf } from "#server/http/schema.ts";

/** A key as it is shown: never the key itself. */
export type ApiKeyShown = AnswerOf<typeof apiKey>;

/** Somebody who may sign in. */
export type MemberShown = AnswerOf<typeof member>;

/** A browser in which somebody is signed in. */
export type SessionShown = AnswerOf<typeof memberSession>;

/** Whether a key opens the API at that moment. */
export function isShownOpen({ revoked_at, expires_at }: ApiKeyShown, now: Ms): boolean {
  const at = (wire: string | null) => (wire === null ? null : fromWireTime(wire));
  return isOpenKey({ revokedAt: at(revoked_at), expiresAt: at(expires_at) }, now);
}

/** A source that a key may be limited to. */
export interface SourceNamed {
  id: string;
  name: string;
}
