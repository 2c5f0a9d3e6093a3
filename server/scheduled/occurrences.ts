import { type Database, database } from "#db/connection/client.ts";
import { makeOccurrences } from "#db/scheduled/repetitions.ts";
import { occurrencesIn } from "#domain/scheduled/repeating.ts";
import type { Ms } from "#domain/time/ms.ts";
import { addDays } from "#domain/time/period.ts";
import { formatUtc } from "#domain/time/time.ts";
import { offsetIn } from "#server/http/period.ts";

/** Occurrences exist for at least so many days ahead, and are made for `AT_ONCE` days at once. */
const AHEAD = 60;
const AT_ONCE = 90;

/**
 * Makes the missing occurrences of weekly scheduled meetings. Whatever lists scheduled meetings calls it first,
 * so no timer is needed: missing occurrences of past weeks are made then too.
 */
export async function ensureOccurrences(now: Ms, db: Database = database()): Promise<void> {
  const today = formatUtc(now).slice(0, 10);
  await makeOccurrences(db, addDays(today, AHEAD), addDays(today, AT_ONCE), (one, toDay) =>
    occurrencesIn(one, one.nextDay, toDay, offsetIn(one.timeZone)),
  );
}
