import { and, eq } from "drizzle-orm";
import type { Transaction } from "#db/connection/session.ts";
import { alertRules, alerts } from "#db/schema/alerts.ts";
import { deleteAll, isOneOf, unnested } from "#db/sql/batch.ts";
import { isNamed } from "#domain/desk/alerts/rule.ts";
import { foldName } from "#domain/identity/name.ts";
import { hasWhole } from "#domain/identity/search.ts";

/** What a rule is called that was called after somebody. */
const ERASED_NAME = "About an erased person";

/** Takes away what somebody was alarmed of about some people, by the rooms in which they were. */
export async function eraseAlertsOf(
  tx: Transaction,
  people: readonly { roomId: number; personId: string }[],
): Promise<void> {
  if (people.length === 0) return;
  const { id, roomId, personId } = alerts;
  const { from, of } = unnested("n", { roomId, personId }, people);
  const rows = await tx
    .select({ id })
    .from(from)
    .innerJoin(alerts, and(eq(roomId, of.roomId), eq(personId, of.personId)));
  await deleteAll(tx, alerts, rows);
}

/** Takes away the rules about somebody, and their name where another rule is called after them. */
export async function eraseRulesNaming(
  tx: Transaction,
  { userIds, nameKeys }: { userIds: readonly string[]; nameKeys: readonly string[] },
): Promise<void> {
  const rules = await tx.select().from(alertRules);
  const naming = rules.filter(
    ({ person }) =>
      person !== null &&
      (userIds.includes(person) ||
        nameKeys.some((nameKey) => isNamed(person, { userId: null, nameKey }))),
  );
  const isCalledAfter = (name: string) => {
    const folded = foldName(name) ?? "";
    return [...nameKeys, ...userIds].some((one) => hasWhole(folded, one));
  };
  await tx.delete(alertRules).where(
    isOneOf(
      alertRules.id,
      naming.map(({ id }) => id),
    ),
  );
  const others = rules.filter(({ name }) => isCalledAfter(name)).map(({ id }) => id);
  await tx.update(alertRules).set({ name: ERASED_NAME }).where(isOneOf(alertRules.id, others));
  const told = await tx.selectDistinct({ name: alerts.ruleName }).from(alerts);
  const names = told.flatMap(({ name }) => (isCalledAfter(name) ? [name] : []));
  await tx.update(alerts).set({ ruleName: ERASED_NAME }).where(isOneOf(alerts.ruleName, names));
}
