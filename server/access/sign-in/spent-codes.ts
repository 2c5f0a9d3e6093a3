import { APIError } from "better-auth/api";
import { lte } from "drizzle-orm";
import { z } from "zod";
import { attemptCounts } from "#db/schema/members.ts";
import type { Orm } from "#db/sql/orm.ts";
import type { Ms } from "#domain/time/ms.ts";

/** An app's code is good in its half minute, and in the ones before and after. */
const GOOD_MS: Ms = 90_000;
const BY_CODE = "/two-factor/verify-totp";

const asked = z.object({ path: z.literal(BY_CODE), body: z.object({ code: z.string() }) });

/**
 * Asked before a session begins: spends the code of the app that it is to begin with, so that whoever saw it typed
 * cannot use it again. Throws what a wrong code is answered with.
 */
export async function spendCode(
  orm: Orm,
  { userId }: { userId: string },
  context: unknown,
): Promise<void> {
  const { data } = asked.safeParse(context);
  if (data === undefined) return;
  const now = Date.now();
  const expire = new Date(now + GOOD_MS);
  const spent = await orm
    .insert(attemptCounts)
    .values({ key: `code ${userId} ${data.body.code}`, points: 1, expire })
    .onConflictDoUpdate({
      target: attemptCounts.key,
      set: { expire },
      setWhere: lte(attemptCounts.expire, new Date(now)),
    })
    .returning();
  if (spent.length === 0) {
    throw new APIError("UNAUTHORIZED", {
      message: "This code was used already: wait for the next one.",
    });
  }
}
