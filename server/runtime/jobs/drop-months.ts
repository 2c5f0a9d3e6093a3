import type { Database } from "#db/connection/client.ts";
import { dropMonth, listMonths, type StoredMonth } from "#db/recording/dropping.ts";
import { monthAt } from "#db/recording/months.ts";
import type { AuditActor } from "#domain/access/audit/audit.ts";
import type { Month } from "#domain/event/delivery.ts";
import type { Ms } from "#domain/time/ms.ts";
import { audit } from "#server/runtime/audit.ts";

export interface DropOptions {
  /** Months before this one are dropped; it must not lie ahead. */
  before: Month;
  /** Also those with deliveries that could not be read, which a later version might. */
  withUnreadable: boolean;
  by: AuditActor;
  now: Ms;
}

/** The months whose deliveries are stored, up to the one in progress. */
export async function monthsKept(database: Database, now: Ms): Promise<StoredMonth[]> {
  return (await listMonths(database)).filter(({ month }) => month <= monthAt(now));
}

/**
 * Drops the deliveries of whole months, oldest first, and returns those months. What was projected from them stays,
 * and so do their keys, by which a repeat is known. The server may run meanwhile. Throws before anything is dropped:
 * `MonthNotOver` for the month in progress, `UnreadableKept` where something unreadable would be lost.
 */
export async function dropMonths(
  database: Database,
  { before, withUnreadable, by, now }: DropOptions,
): Promise<StoredMonth[]> {
  if (before > monthAt(now)) throw new MonthNotOver(monthAt(now));
  const old = (await listMonths(database)).filter(({ month }) => month < before);
  const unread = old.filter(({ unreadable }) => unreadable > 0);
  if (unread.length > 0 && !withUnreadable) throw new UnreadableKept(unread);
  for (const { month, deliveries } of old) {
    await dropMonth(database, month, (tx) =>
      audit(tx, by, {
        action: "deliveries.dropped",
        about: { kind: "month", id: month, label: month },
        details: { deliveries },
      }),
    );
  }
  return old;
}

export class MonthNotOver extends Error {
  override name = "MonthNotOver";
  constructor(current: Month) {
    super(`--before must be ${current} or earlier: a month that is not over is kept.`);
  }
}

export class UnreadableKept extends Error {
  override name = "UnreadableKept";
  constructor(months: readonly StoredMonth[]) {
    const each = months.map(({ month, unreadable }) => `${unreadable} of ${month}`).join(", ");
    super(
      `Not everything could be read yet (${each}), and what is dropped never will be: ` +
        "replay first, or say --with-unreadable. Nothing was dropped.",
    );
  }
}
