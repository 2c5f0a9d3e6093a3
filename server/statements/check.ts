import type { Database } from "#db/connection/client.ts";
import { hashOf, type Statement, statementNamed } from "#db/statements/statements.ts";
import { type CheckResult, checkResultOf } from "#domain/statements/check.ts";
import { type Difference, differences } from "#domain/statements/differences.ts";
import type { StatementFacts } from "#domain/statements/facts.ts";
import { restate } from "./issue.ts";

/** What somebody holds in their hands: the hash on a paper, or the facts in a file. */
export interface PresentedStatement {
  /** Whole and small, as `readHash` has it. */
  hash: string | null;
  facts: StatementFacts | null;
}

export interface Checked {
  statement: Statement;
  verdict: CheckResult;
  /** What was altered since it was issued. */
  altered: readonly Difference[];
  /** What is told otherwise today. */
  corrected: readonly Difference[];
}

/** Whether a statement is as it was issued, and whether it is still true; `null` where there is none. */
export async function checkStatement(
  database: Pick<Database, "orm">,
  id: string,
  held: PresentedStatement,
): Promise<Checked | null> {
  const statement = await statementNamed(database.orm, id);
  if (statement === null) return null;
  const { facts, hash } = statement;
  const hashes = [
    held.hash ?? hash,
    held.facts === null ? hash : hashOf(held.facts),
    // What is kept may have been altered as well.
    facts === null ? hash : hashOf(facts),
  ];
  const isHashRight = hashes.every((one) => one === hash);
  const altered = facts === null || held.facts === null ? [] : differences(facts, held.facts);
  const corrected = facts === null ? null : differences(facts, await restate(database, facts));
  return {
    statement,
    verdict: checkResultOf({ altered, isHashRight, corrected }),
    altered,
    corrected: corrected ?? [],
  };
}
