import { sql } from "drizzle-orm";
import { list } from "#db/array.ts";
import type { Transaction } from "#db/session.ts";
import type { Link } from "#domain/history/joined.ts";
import type { NewLink } from "./links.ts";

/** Keeps that two are not the same, unless that is said already. Answers whether it was kept. */
export async function keepApart(
  tx: Transaction,
  { id, one, other, by, at }: NewLink,
): Promise<boolean> {
  const rows = await tx.execute(sql`
    insert into people_apart (id, one, other, by, at)
    values (${id}, ${one}, ${other}, ${by}, ${at}::bigint)
    on conflict do nothing returning id`);
  return rows.length > 0;
}

/** Takes such a word back. Answers whether it was in force. */
export async function takeApartBack(
  tx: Transaction,
  { id, by, at }: Pick<NewLink, "id" | "by" | "at">,
): Promise<boolean> {
  const rows = await tx.execute(sql`
    update people_apart set undone_by = ${by}, undone_at = ${at}::bigint
    where id = ${id} and undone_at is null returning id`);
  return rows.length > 0;
}

/** Whoever says that two are one takes back that they are not. */
export async function takeBackBetween(
  tx: Transaction,
  { one, other, by, at }: Link & Pick<NewLink, "by" | "at">,
): Promise<void> {
  await tx.execute(sql`
    update people_apart set undone_by = ${by}, undone_at = ${at}::bigint
    where one = ${one} and other = ${other} and undone_at is null`);
}

/** Forgets what was said of those who are not kept any more, also what was taken back. */
export async function forgetApart(tx: Transaction, ids: readonly string[]): Promise<void> {
  const gone = list("uuid", ids);
  await tx.execute(sql`
    delete from people_apart x where (x.one = any(${gone}) or x.other = any(${gone}))
      and exists (select from unnest(${gone}) as i (id)
        where i.id in (x.one, x.other)
          and not exists (select from people p where p.id = i.id and p.meetings > 0))`);
}
