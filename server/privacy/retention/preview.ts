import type { Database } from "#db/connection/client.ts";
import { countBefore } from "#db/privacy/retention/old-deliveries.ts";
import { countOldMeetings } from "#db/privacy/retention/old-meetings.ts";
import { monthBefore } from "#db/recording/months.ts";
import {
  type Expired,
  NOTHING_EXPIRED,
  peopleKeptSince,
  type Retention,
} from "#domain/privacy/retention/retention.ts";
import type { Ms } from "#domain/time/ms.ts";

/** Counts what would go now of a source by some limits. Changes nothing. */
export async function expiryOf(
  { orm }: Pick<Database, "orm">,
  id: string,
  now: Ms,
  { keepDeliveriesMonths, keepPeopleDays }: Retention,
): Promise<Expired> {
  const [deliveries, people] = await Promise.all([
    keepDeliveriesMonths === null
      ? 0
      : countBefore(orm, { id, from: monthBefore(now, keepDeliveriesMonths) }),
    keepPeopleDays === null
      ? null
      : countOldMeetings(orm, id, peopleKeptSince(now, keepPeopleDays)),
  ]);
  return { ...NOTHING_EXPIRED, ...people, deliveries };
}
