import { v7 as uuid } from "uuid";
import { sessionEpochs } from "#db/schema/accounts.ts";
import type { Orm } from "#db/sql/orm.ts";
import type { Ms } from "#domain/time/ms.ts";

/** The epoch that a session must have been made in to be valid; `null` as long as sessions were never ended. */
export async function sessionEpoch(orm: Pick<Orm, "select">): Promise<string | null> {
  const [row] = await orm.select({ epoch: sessionEpochs.epoch }).from(sessionEpochs);
  return row?.epoch ?? null;
}

/** Ends every session; answers when. */
export async function endSessions(orm: Orm, now: Ms): Promise<Ms> {
  const begun = { epoch: uuid(), since: new Date(now) };
  await orm
    .insert(sessionEpochs)
    .values(begun)
    .onConflictDoUpdate({ target: sessionEpochs.only, set: begun });
  return now;
}
