import { seeing } from "#db/access/sight/seeing.ts";
import { type Database, databaseIn } from "#db/connection/client.ts";
import { hashOf, type Statement, statementNamed } from "#db/people/statements/statements.ts";
import { WHOLE_SIGHT } from "#domain/access/sight.ts";
import { type CheckResult, checkResultOf } from "#domain/people/statements/check.ts";
import { type Difference, differences } from "#domain/people/statements/differences.ts";
import type { StatementFacts } from "#domain/people/statements/facts.ts";
import { restate } from "./issue.ts";

/** What a reader compares with the issued statement: the hash on a paper, or the facts in a file. */
export interface PresentedStatement {
  /** The whole hash in lower case, as `readHash` returns it. */
  hash: string | null;
  facts: StatementFacts | null;
}

export interface Checked {
  statement: Statement;
  verdict: CheckResult;
  /** Differences between the issued facts and the presented ones. */
  altered: readonly Difference[];
  /** Differences between the issued facts and the facts of today. */
  corrected: readonly Difference[];
}

/** Checks whether a statement is as it was issued, and whether it is still true; `null` where there is none. */
export async function checkStatement(
  database: Database,
  id: string,
  presented: PresentedStatement,
): Promise<Checked | null> {
  const statement = await statementNamed(database.orm, id);
  if (statement === null) return null;
  const { facts, hash, sight } = statement;
  const hashes = [
    presented.hash ?? hash,
    presented.facts === null ? hash : hashOf(presented.facts),
    // The stored facts may have been altered too.
    facts === null ? hash : hashOf(facts),
  ];
  const isHashRight = hashes.every((one) => one === hash);
  const altered =
    facts === null || presented.facts === null ? [] : differences(facts, presented.facts);
  // It is true, or not any more, of what whoever made it saw.
  const maker = sight ?? WHOLE_SIGHT;
  const today = (stated: StatementFacts) =>
    seeing(maker, () => restate(databaseIn(maker, database), stated));
  const corrected = facts === null ? null : differences(facts, await today(facts));
  return {
    statement,
    verdict: checkResultOf({ altered, isHashRight, corrected }),
    altered,
    corrected: corrected ?? [],
  };
}
