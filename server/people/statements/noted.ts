import type { Statement } from "#db/people/statements/statements.ts";
import type { AuditEntry } from "#domain/access/audit/audit.ts";
import type { Audited } from "#domain/access/audit/audited.ts";

/** What is noted of a statement that was issued. */
export function statementMade(statement: Statement): AuditEntry {
  return { action: "statement.made", about: aboutStatement(statement), details: {} };
}

/** What is noted of somebody who was shown a statement, and of what became of it. */
export function statementOpened(statement: Statement, verdict: string): AuditEntry {
  return { action: "statement.opened", about: aboutStatement(statement), details: { verdict } };
}

/** Named by its hash: whoever has its id may read it, and the log gives no such thing away. */
function aboutStatement({ hash, facts }: Statement): Audited {
  return { kind: "statement", id: hash, label: facts?.person.name ?? null };
}
