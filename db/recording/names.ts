import { sql } from "drizzle-orm";
import { list } from "#db/array.ts";
import type { Transaction } from "#db/client.ts";

/*
 * The names by which people are found. A name that nobody has any more may stay, and finds nothing; where
 * its people are erased it goes.
 */

/** Keeps folded names, in one order so that two transactions never wait for each other in a circle. */
export async function keepNames(tx: Transaction, keys: readonly string[]): Promise<void> {
  await tx.execute(sql`
    insert into names (key)
    select distinct key from unnest(${list("text", keys)}) as n (key) order by key
    on conflict do nothing`);
}

/** Drops those of the names that nobody has any more. Nobody records anybody new until the transaction ends. */
export async function dropNames(tx: Transaction, keys: readonly string[]): Promise<void> {
  await tx.execute(sql`lock table names in share row exclusive mode`);
  await tx.execute(sql`
    delete from names n
    where n.key = any(${list("text", keys)})
      and not exists (select from attendances a where a.name_key = n.key)`);
}
