import type { Transaction } from "#db/connection/session.ts";
import { calendarEvents } from "#db/schema/calendar.ts";
import { updateAll } from "#db/sql/batch.ts";
import { foldName } from "#domain/identity/name.ts";
import { hasWhole } from "#domain/identity/search.ts";
import type { CalledBy } from "./rosters.ts";

/**
 * Takes somebody out of what calendars say: they are invited no more, and a name that has theirs in it goes. From then on
 * the name and the people of such a meeting are not read any more.
 */
export async function eraseFromCalendars(tx: Transaction, called: CalledBy): Promise<void> {
  const { sourceId, key, name, invited } = calendarEvents;
  const rows = await tx.select({ sourceId, key, name, invited }).from(calendarEvents).for("update");
  const ids = new Set(called.ids);
  const isThem = (one: { name: string | null; email: string | null }) =>
    called.names.includes(foldName(one.name) ?? "") || ids.has(one.email ?? "");
  const erased = rows.flatMap((row) => {
    const others = row.invited.filter((one) => !isThem(one));
    const isNamed = called.names.some((own) => hasWhole(foldName(row.name) ?? "", own));
    if (others.length === row.invited.length && !isNamed) return [];
    return [{ ...row, name: isNamed ? null : row.name, invited: others, isErased: true }];
  });
  await updateAll(tx, calendarEvents, erased);
}
