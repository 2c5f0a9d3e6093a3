import { fromWireTime } from "#domain/time/wire-time.ts";
import type { apiKey } from "#server/access/schema.ts";
import type { AnswerOf } from "#server/http/schema.ts";

/** A key as it is shown: never the key itself. */
export type ApiKeyShown = AnswerOf<typeof apiKey>;

/** Whether a key opens the API at that moment. */
export function isOpenKey({ revoked_at, expires_at }: ApiKeyShown, now: number): boolean {
  return revoked_at === null && (expires_at === null || fromWireTime(expires_at) > now);
}
