import { createHash, randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import type { Database } from "#db/connection/client.ts";
import { statements } from "#db/schema/operators.ts";
import type { Orm } from "#db/sql/orm.ts";
import { type CanonicalJson, canonicalJson } from "#domain/people/statements/canonical.ts";
import type { StatementFacts } from "#domain/people/statements/facts.ts";

export type Statement = typeof statements.$inferSelect;

const ID_BYTES = 16;
/** `ID_BYTES` bytes as base64url. */
const ID = /^[\w-]{22}$/;

/** SHA-256 of the canonical JSON (RFC 8785, UTF-8) of facts, in hexadecimal. */
export function hashOf(facts: CanonicalJson): string {
  return createHash("sha256").update(canonicalJson(facts)).digest("hex");
}

/** Issues a statement; where the same facts were stated before, answers that statement. */
export async function issueStatement(
  database: Pick<Database, "transaction">,
  facts: StatementFacts,
  { roomIds, madeAt, madeBy, sight }: Pick<Statement, "roomIds" | "madeAt" | "madeBy" | "sight">,
): Promise<{ statement: Statement; isNew: boolean }> {
  const hash = hashOf(facts);
  const id = randomBytes(ID_BYTES).toString("base64url");
  return database.transaction(async (tx) => {
    const [inserted] = await tx
      .insert(statements)
      .values({ id, hash, facts, roomIds: [...roomIds], madeAt, madeBy, sight })
      .onConflictDoNothing({ target: statements.hash })
      .returning();
    if (inserted !== undefined) return { statement: inserted, isNew: true };
    const [existing] = await tx.select().from(statements).where(eq(statements.hash, hash));
    if (existing === undefined)
      throw new Error("a statement of the same facts was there and is gone");
    return { statement: existing, isNew: false };
  });
}

export async function statementNamed(orm: Orm, id: string): Promise<Statement | null> {
  if (!ID.test(id)) return null;
  const [statement] = await orm.select().from(statements).where(eq(statements.id, id));
  return statement ?? null;
}
