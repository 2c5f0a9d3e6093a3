import type { Ms } from "#domain/time/ms.ts";

/** Whether a key opens the API at that moment: it is neither revoked nor expired. */
export function isOpenKey(
  { revokedAt, expiresAt }: { revokedAt: Ms | null; expiresAt: Ms | null },
  now: Ms,
): boolean {
  return revokedAt === null && (expiresAt === null || expiresAt > now);
}
