import { z } from "zod";
import { memberById } from "#db/access/members.ts";
import { demandedCode } from "#db/installation/installation.ts";
import type { Orm } from "#db/sql/orm.ts";
import { demandsCode } from "#domain/access/code-demand.ts";

/** Where a session begins with a password alone. A code that was set up, or an account elsewhere, is asked for nothing. */
const asked = z.object({ path: z.enum(["/sign-in/email", "/two-factor/disable"]) });

/**
 * Asked before a session begins: whether whoever signs in has to set up a code first, because an owner demands one of
 * those with their role. It is said of the session, so that no request looks for it.
 */
export async function lacksCode(
  orm: Orm,
  { userId }: { userId: string },
  context: unknown,
): Promise<boolean> {
  const { data } = asked.safeParse(context);
  if (data === undefined) return false;
  const [demand, member] = await Promise.all([demandedCode(orm), memberById(orm, userId)]);
  if (member === null || !demandsCode(demand, member.role)) return false;
  return data.path === "/two-factor/disable" || !member.hasSecondFactor;
}
