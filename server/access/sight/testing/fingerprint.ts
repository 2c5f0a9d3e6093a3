import { getTableName } from "drizzle-orm";
import { VISIBLE } from "#db/access/sight/visible.ts";
import type { Database } from "#db/connection/client.ts";
import { apiKeys } from "#db/schema/accounts.ts";
import { auditEntries } from "#db/schema/audit.ts";
import {
  accessLinks,
  attemptCounts,
  memberAccounts,
  memberSessions,
  members,
  memberTwoFactors,
  memberVerifications,
} from "#db/schema/members.ts";

/** What asking itself changes: who came, by what, and what they were refused; and what an owner does with people. */
const OF_ASKING: readonly string[] = [
  ...[accessLinks, apiKeys, attemptCounts, auditEntries, members],
  ...[memberAccounts, memberSessions, memberTwoFactors, memberVerifications],
].map((table) => getTableName(table));

/** A digest of the rows of every other table, by its name: whoever is refused has changed none. */
export async function fingerprint({ sql }: Pick<Database, "sql">): Promise<Record<string, string>> {
  const names = VISIBLE.map(({ table }) => getTableName(table));
  const digests: Record<string, string> = {};
  for (const name of names.filter((one) => !OF_ASKING.includes(one))) {
    const [row] = await sql<{ digest: string | null }[]>`
      select md5(string_agg(one::text, ',' order by one::text)) as digest from ${sql(name)} one`;
    digests[name] = row?.digest ?? "";
  }
  return digests;
}
