import { sql } from "drizzle-orm";
import { column, list } from "#db/array.ts";
import type { Transaction } from "#db/session.ts";
import type { Ms } from "#domain/event.ts";
import { groupsOf, type Link } from "#domain/history/joined.ts";
import { forgetApart } from "./apart.ts";
import { tellJoined } from "./everybody.ts";
import { joinedIdOf } from "./person-id.ts";

/** An operator's word that two are one. */
export interface NewLink extends Link {
  id: string;
  by: string;
  at: Ms;
}

/**
 * Nobody else writes about people until the transaction ends: who is part of whom does not change under
 * somebody who adds to them.
 */
export async function lockEverybody(tx: Transaction): Promise<void> {
  await tx.execute(sql`lock table people in share row exclusive mode`);
}

/** Keeps a link, unless the same is in force already. Everybody is locked. Answers whether it was kept. */
export async function keepLink(tx: Transaction, link: NewLink): Promise<boolean> {
  const rows = await tx.execute(sql`
    insert into people_links (id, one, other, by, at)
    values (${link.id}, ${link.one}, ${link.other}, ${link.by}, ${link.at}::bigint)
    on conflict do nothing returning id`);
  return rows.length > 0;
}

/** Takes a link back. Everybody is locked. Answers whom it joined; `null` where it is not in force. */
export async function takeLinkBack(
  tx: Transaction,
  { id, by, at }: Pick<NewLink, "id" | "by" | "at">,
): Promise<Link | null> {
  const [link] = await tx.execute<Link & Record<string, unknown>>(sql`
    update people_links set undone_by = ${by}, undone_at = ${at}::bigint
    where id = ${id} and undone_at is null
    returning one, other`);
  return link ?? null;
}

/**
 * Makes those who are near the given ones by links, or were, into joined people as the links in force have
 * it. Everybody is locked.
 */
export async function regroup(tx: Transaction, ids: readonly string[]): Promise<void> {
  const near = await nearTo(tx, ids);
  if (near.length === 0) return;
  const them = list(
    "uuid",
    near.map(({ id }) => id),
  );
  const links = await tx.execute<Link & Record<string, unknown>>(sql`
    select one, other from people_links
    where undone_at is null and (one = any(${them}) or other = any(${them}))`);
  const known = new Map(near.map((one) => [one.id, one]));
  const groups = groupsOf(links).flatMap((group) => {
    const parts = group.flatMap((id) => known.get(id) ?? []);
    const [leader] = parts.toSorted(byLead);
    return leader && parts.length > 1 ? { id: joinedIdOf(leader.id), leader, parts } : [];
  });
  const parts = groups.flatMap(({ id, parts }) => parts.map((part) => ({ id: part.id, of: id })));
  await tx.execute(sql`
    insert into people (
      id, source_id, known_by, sort_key, leader, first_at, last_at, meetings, namesakes, attended_ms,
      open_count, open_sum, wait_count, admitted_count, admitted_ms
    )
    select n.id, p.source_id, 'joined', '', p.id, p.first_at, p.last_at, 0, 0, 0, 0, 0, 0, 0, 0
    from unnest(
      ${column("uuid", groups, ({ id }) => id)},
      ${column("uuid", groups, ({ leader }) => leader.id)}
    ) as n (id, leader) join people p on p.id = n.leader
    on conflict do nothing`);
  await tx.execute(sql`
    update people p set part_of = n.part_of
    from unnest(${them}) as i (id) left join unnest(
      ${column("uuid", parts, ({ id }) => id)},
      ${column("uuid", parts, ({ of }) => of)}
    ) as n (id, part_of) on n.id = i.id
    where p.id = i.id and p.part_of is distinct from n.part_of`);
  await tx.execute(sql`
    delete from people p where p.known_by = 'joined' and p.leader = any(${them})
      and not exists (select from people part where part.part_of = p.id)`);
  // Who attended nothing was kept only as a part.
  await tx.execute(sql`
    delete from people where id = any(${them}) and meetings = 0 and part_of is null`);
  await tellJoined(
    tx,
    groups.map(({ id }) => id),
  );
}

interface Near {
  id: string;
  knownBy: string;
}

/** Who can be reached from the given ones by links in force, or is part of the same joined ones. */
async function nearTo(tx: Transaction, ids: readonly string[]): Promise<Near[]> {
  return tx.execute<Near & Record<string, unknown>>(sql`
    with recursive near as (
      select id from unnest(${list("uuid", ids)}) as i (id)
      union
      select o.id from near n cross join lateral (
        select other as id from people_links where one = n.id and undone_at is null
        union all select one from people_links where other = n.id and undone_at is null
        union all select part.id from people p join people part on part.part_of = p.part_of
        where p.id = n.id
      ) o
    )
    select p.id, p.known_by as "knownBy" from people p join near n on n.id = p.id
    where p.known_by <> 'joined'`);
}

/** Whose user id is known stands for the others. */
function byLead(a: Near, b: Near): number {
  if (a.knownBy !== b.knownBy) return a.knownBy === "user_id" ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

/** Whether any of them is in a link, or is part of a joined one. */
export async function areLinked(tx: Transaction, ids: readonly string[]): Promise<boolean> {
  const [row] = await tx.execute<{ linked: boolean }>(sql`
    select exists (
      select from unnest(${list("uuid", ids)}) as i (id)
      where exists (select from people_links l where l.one = i.id)
        or exists (select from people_links l where l.other = i.id)
        or exists (select from people p where p.id = i.id and p.part_of is not null)
    ) as linked`);
  return row?.linked ?? false;
}

/** Forgets every link with those who are not kept any more, also such as were taken back. */
export async function forgetLinks(tx: Transaction, ids: readonly string[]): Promise<void> {
  await forgetApart(tx, ids);
  if (!(await areLinked(tx, ids))) return;
  await lockEverybody(tx);
  const gone = await tx.execute<Link & Record<string, unknown>>(sql`
    delete from people_links l using unnest(${list("uuid", ids)}) as i (id)
    where (l.one = i.id or l.other = i.id)
      and not exists (select from people p where p.id = i.id and p.meetings > 0)
    returning l.one, l.other`);
  await regroup(
    tx,
    gone.flatMap(({ one, other }) => [one, other]),
  );
}

/** Holds people, so that nobody joins, parts or drops them meanwhile. */
export async function lockPeopleShared(tx: Transaction, ids: readonly string[]): Promise<void> {
  await tx.execute(sql`
    select from people where id = any(${list("uuid", ids)}) order by id for share`);
}

/** Whether two are one already. */
export async function areOne(tx: Transaction, { one, other }: Link): Promise<boolean> {
  const [row] = await tx.execute<{ yes: boolean }>(sql`
    select exists (select from people a join people b on b.part_of = a.part_of
      where a.id = ${one} and b.id = ${other}) as yes`);
  return row?.yes ?? false;
}

/** Those of the ids that somebody is known by. */
export async function partsOf(tx: Transaction, ids: readonly string[]): Promise<string[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    select id from people where id = any(${list("uuid", ids)}) and known_by <> 'joined'`);
  return rows.map(({ id }) => id);
}
