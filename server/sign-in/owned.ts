import { hasOwner } from "#db/access/members.ts";
import type { Orm } from "#db/sql/orm.ts";

/** Databases in which somebody is known to be the owner. It stays so: the last owner is not removed. */
const owned = new WeakSet<Pick<Orm, "select">>();

/** Whether everybody signs in, because somebody has become the owner. */
export async function isOwned(orm: Pick<Orm, "select">): Promise<boolean> {
  if (owned.has(orm)) return true;
  if (!(await hasOwner(orm))) return false;
  owned.add(orm);
  return true;
}

/** Whether it is known already that there is an owner, also while the database does not answer. */
export function isKnownOwned(orm: Pick<Orm, "select">): boolean {
  return owned.has(orm);
}
