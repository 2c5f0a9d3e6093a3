import { v7 as uuid } from "uuid";
import type { RecordingClient } from "#db/connection/client.ts";
import { undoApart as endApart, storeApart } from "#db/recording/apart.ts";
import { areOne, lockPeopleShared, partsOf } from "#db/recording/links.ts";
import type { Ms } from "#domain/time/ms.ts";
import { AlreadyJoined, UnknownPerson } from "./link.ts";

/** A correction already says that these two are not the same. */
export class AlreadyApart extends Error {
  override name = "AlreadyApart";
}

/**
 * Stores an operator's correction that two people are not the same. It holds until it is undone. Returns its
 * id. Throws `UnknownPerson`, `AlreadyJoined` and `AlreadyApart`.
 */
export async function keepPeopleApart(
  database: RecordingClient,
  ids: readonly [string, string],
  by: string,
  at: Ms,
): Promise<string> {
  return database.transaction(async (tx) => {
    await lockPeopleShared(tx, ids);
    const found = await partsOf(tx, ids);
    const [one, other] = [...ids].toSorted();
    if (one === undefined || other === undefined || found.length < 2) {
      throw new UnknownPerson("Nobody is known by one of these ids.");
    }
    if (await areOne(tx, { one, other })) {
      throw new AlreadyJoined("These two are joined: take that back first.");
    }
    const id = uuid();
    if (!(await storeApart(tx, { id, one, other, by, at }))) {
      throw new AlreadyApart("That these two are not the same is said already.");
    }
    return id;
  });
}

/** Undoes such a correction. Returns whether it was in force. */
export async function undoApart(
  database: RecordingClient,
  id: string,
  by: string,
  at: Ms,
): Promise<boolean> {
  return database.transaction((tx) => endApart(tx, { id, by, at }));
}
