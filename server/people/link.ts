import { v7 as uuid } from "uuid";
import type { RecordingClient } from "#db/connection/client.ts";
import { undoApartBetween } from "#db/recording/apart.ts";
import { lockEverybody, partsOf, regroup, storeLink, undoLink } from "#db/recording/links.ts";
import type { Ms } from "#domain/time/ms.ts";

/** One of the ids names no person, or a person that is there no more. */
export class UnknownPerson extends Error {
  override name = "UnknownPerson";
}

/** A correction already says that the two are one person. */
export class AlreadyJoined extends Error {
  override name = "AlreadyJoined";
}

/**
 * Stores an operator's correction that two are one person, and rebuilds them as one. Returns the id of the
 * link. Throws `UnknownPerson` and `AlreadyJoined`.
 */
export async function joinPeople(
  database: RecordingClient,
  ids: readonly [string, string],
  by: string,
  at: Ms,
): Promise<string> {
  return database.transaction(async (tx) => {
    await lockEverybody(tx);
    const found = await partsOf(tx, ids);
    const [one, other] = [...ids].toSorted();
    if (one === undefined || other === undefined || found.length < 2) {
      throw new UnknownPerson("Nobody is known by one of these ids.");
    }
    const id = uuid();
    if (!(await storeLink(tx, { id, one, other, by, at }))) {
      throw new AlreadyJoined("These two are joined already.");
    }
    await undoApartBetween(tx, { one, other, by, at });
    await regroup(tx, ids);
    return id;
  });
}

/** Undoes such a correction. Returns whether it was in force. */
export async function undoJoin(
  database: RecordingClient,
  id: string,
  by: string,
  at: Ms,
): Promise<boolean> {
  return database.transaction(async (tx) => {
    await lockEverybody(tx);
    const link = await undoLink(tx, { id, by, at });
    if (link === null) return false;
    await regroup(tx, [link.one, link.other]);
    return true;
  });
}
