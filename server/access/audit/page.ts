import { database } from "#db/connection/client.ts";
import { keptDays } from "#db/installation/installation.ts";
import type { Reader } from "#db/sql/orm.ts";
import type { AuditRow } from "#domain/access/audit/audit.ts";
import type { AuditPage } from "#domain/access/audit/audit-page.ts";
import { deedOf, deedWords } from "#domain/access/audit/audit-words.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { type Caller, isAllowed } from "#server/http/gate/caller.ts";
import type { AnswerOf, RowsOf } from "#server/http/schema.ts";
import { auditLog } from "./list.ts";
import type * as answers from "./schema.ts";

const ROWS = 50;

/**
 * The page of the audit log for the parameters of an address; `null` for whoever may not see it. A fixed number of
 * statements.
 */
export async function readAuditPage(
  params: URLSearchParams,
  caller: Caller,
  reader: Reader = database().orm,
): Promise<AuditPage | null> {
  if (!isAllowed(caller, "owner")) return null;
  const page = auditLog.onPage("/audit", params, Date.now());
  const [found, days] = await Promise.all([page.read(reader, ROWS), keptDays(reader)]);
  const { action, who, about, q } = page.values;
  return { ...found, ...page.days, narrowed: { action, who, about, q }, keptDays: days };
}

/** Entries of the list as JSON. */
export async function auditJson(
  rows: readonly AuditRow[],
  { reader }: { reader: Reader },
): Promise<RowsOf<typeof answers.auditEntries>> {
  return { results: rows.map(entryJson), kept_days: await keptDays(reader) };
}

function entryJson(row: AuditRow): AnswerOf<typeof answers.auditEntry> {
  const { id, at, action, who, about, details, outcome } = row;
  return {
    ...{ id, at: toWireTime(at), action },
    who: { kind: who.kind, id: who.id, label: who.label },
    ...{ about, details: detailsJson(details), outcome },
    address: who.address,
    user_agent: who.userAgent,
    sentence: sentenceOf(row),
  };
}

function detailsJson(details: AuditRow["details"]) {
  return Object.fromEntries(
    Object.entries(details).map(([name, value]) => [
      name,
      typeof value === "object" ? [...value] : value,
    ]),
  );
}

/** What an entry says, after who did it. */
export function sentenceOf(row: AuditRow): string {
  return deedWords(
    deedOf(row, (count, one, many) => `${count.toLocaleString("en")} ${count === 1 ? one : many}`),
  );
}
