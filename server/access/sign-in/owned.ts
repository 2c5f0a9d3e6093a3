import { hasOwner } from "#db/access/members.ts";
import type { Orm } from "#db/sql/orm.ts";
import type { Ms } from "#domain/time/ms.ts";

/** How often it is looked whether another process made an owner. */
const LOOK_EVERY_MS: Ms = 1_000;

/*
 * Databases in which somebody is known to be the owner. It stays so: the last owner is not removed. Both instances of
 * every module in this process share it, so that the gate knows of an owner as soon as a page has made one.
 */
const HOLDER = Symbol.for("rollcall.owned");
const holder: typeof globalThis & { [HOLDER]?: WeakSet<Pick<Orm, "select">> } = globalThis;

function owned(): WeakSet<Pick<Orm, "select">> {
  holder[HOLDER] ??= new WeakSet();
  return holder[HOLDER];
}

/** Whether everybody signs in, because somebody has become the owner. */
export async function isOwned(orm: Pick<Orm, "select">): Promise<boolean> {
  if (owned().has(orm)) return true;
  if (!(await hasOwner(orm))) return false;
  owned().add(orm);
  return true;
}

/** Whether it is known already that there is an owner, also while the database does not answer. */
export function isKnownOwned(orm: Pick<Orm, "select">): boolean {
  return owned().has(orm);
}

/** Learns of an owner whom another process makes, within a second or two. */
export function followOwner(orm: Pick<Orm, "select">): void {
  const looking = setInterval(() => {
    if (isKnownOwned(orm)) clearInterval(looking);
    // While the database does not answer, it stays as it was.
    else isOwned(orm).catch(() => undefined);
  }, LOOK_EVERY_MS).unref();
}
