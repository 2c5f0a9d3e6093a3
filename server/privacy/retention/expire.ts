import { eraseFromEntries } from "#db/access/audit.ts";
import { withAdvisoryLock } from "#db/connection/alone.ts";
import type { Database } from "#db/connection/client.ts";
import { eraseBodies } from "#db/privacy/erasure/bodies.ts";
import {
  deleteOfMonth,
  emptyLinesBefore,
  type KeptFrom,
  monthsBefore,
  type OldMonth,
} from "#db/privacy/retention/old-deliveries.ts";
import {
  eraseOldStatements,
  type MeetingCursor,
  oldMeetings,
  oldScheduled,
  oldSilent,
} from "#db/privacy/retention/old-meetings.ts";
import {
  addRetained,
  type LimitedSource,
  limitedSources,
  noteRetained,
} from "#db/privacy/retention/retained.ts";
import { dropMonth, MonthInUse, MonthNotProjected } from "#db/recording/dropping.ts";
import { eraseScheduled } from "#db/recording/erasing-rosters.ts";
import { monthBefore } from "#db/recording/months.ts";
import { isDue, NOTHING_EXPIRED, peopleKeptSince } from "#domain/privacy/retention/retention.ts";
import type { Ms } from "#domain/time/ms.ts";
import { erasedHashBy } from "#server/ingest/erased-hash.ts";
import { ERASED_WITH_MEETING, eraseEverybody } from "#server/privacy/erasure/erase-everybody.ts";
import { audit, ROLLCALL } from "#server/runtime/audit.ts";
import { retryWhileBusy } from "#server/runtime/retry-while-busy.ts";

/** Held by the process that does away with what is old; released at its end. */
const EXPIRING_LOCK = 0x45585049;

/** How much is done in one transaction: some tenths of a second. */
export interface ExpiryPortions {
  deliveries: number;
  meetings: number;
  /** A few large meetings are as much as many small ones. */
  events: number;
}

const PORTIONS: ExpiryPortions = { deliveries: 2_000, meetings: 50, events: 5_000 };

export interface Expiring {
  /** Keys the hashes by which what is reported late is known. */
  secret: string;
  now: () => Ms;
  isStopped?: () => boolean;
  portions?: ExpiryPortions;
}

/** The server is stopping: the next start goes on. */
export class ExpiryStopped extends Error {
  override name = "ExpiryStopped";
}

/**
 * Does away with what sources keep no longer, once a day each: deletes their old deliveries, and erases the people of
 * meetings that ended long ago. What was done is noted with the source in each transaction, and at the end in the audit
 * log: whatever cuts it off, the next call goes on. Returns how many sources were done; of several processes one works
 * at a time.
 */
export async function expire(database: Database, how: Expiring): Promise<number> {
  const isAnyDue = async () =>
    (await limitedSources(database.orm)).filter(({ retained }) => isDue(retained, how.now()));
  if ((await isAnyDue()).length === 0) return 0;
  const done = await withAdvisoryLock(database, EXPIRING_LOCK, async () => {
    const due = await isAnyDue();
    for (const source of due) await begin(database, source, how.now());
    await expireDeliveries(database, due, how);
    for (const source of due) {
      await expirePeople(database, source, how);
      await finish(database, source.id, how.now());
    }
    return due.length;
  });
  return done ?? 0;
}

/** A run that was cut off is gone on with, and counted on. */
async function begin({ orm }: Database, { id, retained }: LimitedSource, now: Ms): Promise<void> {
  if (retained !== null && retained.doneAt === null) return;
  await noteRetained(orm, id, { ...NOTHING_EXPIRED, begunAt: now, doneAt: null });
}

async function finish(database: Database, id: string, now: Ms): Promise<void> {
  await database.transaction(async (tx) => {
    const source = (await limitedSources(tx)).find((one) => one.id === id);
    if (source === undefined || source.retained === null) return;
    const { begunAt: _, doneAt: __, ...gone } = source.retained;
    await noteRetained(tx, id, { ...source.retained, doneAt: now });
    if (Object.values(gone).every((count) => count === 0)) return;
    await audit(tx, ROLLCALL, {
      action: "source.expired",
      about: { kind: "source", id, label: source.name },
      details: gone,
    });
  });
}

async function expireDeliveries(
  database: Database,
  due: readonly LimitedSource[],
  how: Expiring,
): Promise<void> {
  const { now, portions = PORTIONS } = how;
  const kept = due.flatMap(({ id, keepDeliveriesMonths }): KeptFrom[] =>
    keepDeliveriesMonths === null ? [] : [{ id, from: monthBefore(now(), keepDeliveriesMonths) }],
  );
  if (kept.length === 0) return;
  for (const source of kept) {
    await inPortions(how, portions.deliveries, () =>
      database.transaction((tx) => emptyLinesBefore(tx, source, portions.deliveries)),
    );
  }
  const latest = kept.map(({ from }) => from).toSorted();
  for (const old of await monthsBefore(database, latest.at(-1) ?? "")) {
    const own = kept.filter(({ id, from }) => old.month < from && old.counts.has(id));
    const isAgreed = own.length === old.counts.size;
    if (isAgreed && (await dropWhole(database, old))) continue;
    for (const { id } of own) {
      await inPortions(how, portions.deliveries, () =>
        database.transaction(async (tx) => {
          const count = await deleteOfMonth(tx, id, old.month, portions.deliveries);
          await addRetained(tx, id, { deliveries: count });
          return count;
        }),
      );
    }
  }
}

/** Drops a month that no source keeps, which gives its room back at once; false where that is not possible now. */
async function dropWhole(database: Database, { month, counts }: OldMonth): Promise<boolean> {
  try {
    await dropMonth(database, month, async (tx) => {
      for (const [id, deliveries] of counts) await addRetained(tx, id, { deliveries });
    });
    return true;
  } catch (error) {
    if (error instanceof MonthInUse || error instanceof MonthNotProjected) return false;
    throw error;
  }
}

async function expirePeople(
  database: Database,
  { id, keepPeopleDays }: LimitedSource,
  how: Expiring,
): Promise<void> {
  if (keepPeopleDays === null) return;
  const { now, secret, portions = PORTIONS, isStopped } = how;
  const before = peopleKeptSince(now(), keepPeopleDays);
  const hashOf = erasedHashBy(secret);
  let after: MeetingCursor | null = null;
  for (;;) {
    if (isStopped?.()) throw new ExpiryStopped();
    const from: MeetingCursor | null = after;
    const batch = await retryWhileBusy(() =>
      database.transaction(async (tx) => {
        const found = await oldMeetings(tx, id, before, from, portions.meetings);
        const own = upToEvents(found, portions.events);
        if (own.length === 0) return own;
        const people = await eraseEverybody(database, tx, {
          ...{ sourceId: id, hashOf, now: now() },
          ids: own.map((meeting) => meeting.id),
          roomIds: own.map(({ roomId }) => roomId),
        });
        await addRetained(tx, id, { meetings: own.length, people });
        return own;
      }),
    );
    after = batch.at(-1) ?? null;
    if (after === null) break;
  }
  await inPortions(how, portions.deliveries, () =>
    database.transaction(async (tx) => {
      const silent = await oldSilent(tx, id, before, portions.deliveries);
      await eraseBodies(tx, silent, ERASED_WITH_MEETING);
      return silent.length;
    }),
  );
  await inPortions(how, portions.meetings, () =>
    database.transaction(async (tx) => {
      const ids = await oldScheduled(tx, id, before, portions.meetings);
      await eraseScheduled(tx, ids, now());
      return ids.length;
    }),
  );
  await database.transaction(async (tx) => {
    const hashes = await eraseOldStatements(tx, id, before, now());
    await eraseFromEntries(tx, [{ kind: "statement", ids: hashes }]);
  });
}

function upToEvents<T extends { seq: number }>(meetings: readonly T[], events: number): T[] {
  let sum = 0;
  const beyond = meetings.findIndex(({ seq }, index) => {
    sum += seq;
    return index > 0 && sum > events;
  });
  return meetings.slice(0, beyond === -1 ? meetings.length : beyond);
}

/** Works until a portion is not full. */
async function inPortions(
  { isStopped }: Expiring,
  size: number,
  work: () => Promise<number>,
): Promise<void> {
  for (;;) {
    if (isStopped?.()) throw new ExpiryStopped();
    if ((await work()) < size) return;
  }
}
