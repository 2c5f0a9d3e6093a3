import { type Database, database } from "#db/connection/client.ts";
import { makeOccurrences } from "#db/scheduled/repetitions.ts";
import { occurrencesIn } from "#domain/scheduled/repeating.ts";
import type { Ms } from "#domain/time/ms.ts";
import { addDays } from "#domain/time/period.ts";
import { formatUtc } from "#domain/time/time.ts";
import { offsetIn } from "#server/http/period.ts";

/** Occurrences are there for so many days at least, and made for so many at once. */
const AHEAD = 60;
const AT_ONCE = 90;

/**
 * Sees to it that what takes place every week has its scheduled meetings, whenever somebody is about to look at
 * scheduled ones. Nothing need run meanwhile: what was not made is made then, also of weeks that are over.
 */
export async function ensureOccurrences(now: Ms, db: Database = database()): Promise<void> {
  const today = formatUtc(now).slice(0, 10);
  await makeOccurrences(db, addDays(today, AHEAD), addDays(today, AT_ONCE), (one, toDay) =>
    occurrencesIn(one, one.nextDay, toDay, offsetIn(one.timeZone)),
  );
}
