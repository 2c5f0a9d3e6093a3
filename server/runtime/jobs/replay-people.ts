import type { Database } from "#db/connection/client.ts";
import { areLinked, lockEverybody, regroup } from "#db/recording/links.ts";
import { insertMissingPeople, lockPeople, recountPeople } from "#db/recording/people.ts";
import { peopleAfter } from "#db/recording/replaying.ts";
import { provider, providerNames } from "#server/providers/providers.ts";
import type { JobProgress } from "./progress.ts";

const AT_ONCE = 500;
const BEFORE_ALL = "00000000-0000-0000-0000-000000000000";

/**
 * Rebuilds the rows of all people over all meetings from their attendances, whatever the rows held, and joins them
 * again as operators entered.
 */
export async function replayPeople(database: Database, progress: JobProgress): Promise<void> {
  const lasting = providerNames.filter((name) => provider(name)?.userIdsLast);
  for (let after = BEFORE_ALL; ; ) {
    const ids = await peopleAfter(database.orm, after, AT_ONCE);
    const last = ids.at(-1);
    if (last === undefined) return;
    await database.transaction(async (tx) => {
      await insertMissingPeople(tx, ids, lasting);
      await lockPeople(tx, ids);
      await recountPeople(tx, ids);
    });
    await database.transaction(async (tx) => {
      if (!(await areLinked(tx, ids))) return;
      await lockEverybody(tx);
      await regroup(tx, ids);
    });
    after = last;
    progress.add(ids.length);
  }
}
