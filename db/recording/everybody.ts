import { sql } from "drizzle-orm";
import { column, list } from "#db/array.ts";
import { attendedByMembers, membersOf, SUMS } from "#db/attended.ts";
import { keptWords } from "#db/searching.ts";
import type { Transaction } from "#db/session.ts";
import { type AliasMove, later, type Move, together } from "./moves.ts";

/*
 * `people` and `aliases`: everybody over all meetings of a source. They move by differences; whatever is
 * taken back has its people told anew from all that they attended. Whoever writes about somebody locks
 * their row first, in the order of ids, so that two transactions neither lose each other's differences nor
 * wait for each other in a circle.
 */

/**
 * Moves people, and tells those anew of whom something was taken back. Answers the joined ones whose parts
 * moved: these have to be told too, by `tellJoined`, when this is done.
 */
export async function movePeople(tx: Transaction, moves: readonly Move[]): Promise<string[]> {
  const all = together(moves);
  const anew = all.flatMap(({ id, anew }) => (anew ? id : []));
  const aliases = all.flatMap(({ id, aliases, anew }) =>
    anew ? [] : aliases.map((alias) => ({ identity: id, ...alias })),
  );
  const [rows] = await Promise.all([
    addMoves(tx, all),
    aliases.length > 0 ? addAliases(tx, aliases) : null,
    anew.length > 0 ? tellAnew(tx, anew) : null,
  ]);
  return [...new Set(rows.flatMap(({ part_of }) => part_of ?? []))];
}

async function addMoves(
  tx: Transaction,
  moves: readonly Move[],
): Promise<{ part_of: string | null }[]> {
  const named = moves.map((move) => ({ ...move, named: lastNamed(move) }));
  return tx.execute<{ part_of: string | null }>(sql`
    insert into people as p (
      id, source_id, known_by, user_id, name, name_key, named_at, sort_key, first_at, last_at,
      meetings, namesakes, attended_ms, open_count, open_sum, unknown_ms, wait_count, admitted_count,
      admitted_ms
    )
    select id, source_id, known_by, user_id, name, name_key, named_at, coalesce(name_key, user_id, ''),
      first_at, last_at, meetings, namesakes, attended_ms, open_count, open_sum, unknown_ms, wait_count,
      admitted_count, admitted_ms
    from unnest(
      ${column("uuid", named, ({ id }) => id)},
      ${column("uuid", named, ({ sourceId }) => sourceId)},
      ${column("text", named, ({ knownBy }) => knownBy)},
      ${column("text", named, ({ userId }) => userId)},
      ${column("text", named, (move) => move.named?.name ?? null)},
      ${column("text", named, (move) => move.named?.nameKey ?? null)},
      ${column("bigint", named, (move) => move.named?.lastAt ?? null)},
      ${column("bigint", named, ({ firstAt }) => firstAt)},
      ${column("bigint", named, ({ lastAt }) => lastAt)},
      ${column("integer", named, ({ meetings }) => meetings)},
      ${column("integer", named, ({ namesakes }) => namesakes)},
      ${column("bigint", named, ({ attendedMs }) => attendedMs)},
      ${column("integer", named, ({ openCount }) => openCount)},
      ${column("bigint", named, ({ openSum }) => openSum)},
      ${column("bigint", named, ({ unknownMs }) => unknownMs)},
      ${column("integer", named, ({ waitCount }) => waitCount)},
      ${column("integer", named, ({ admittedCount }) => admittedCount)},
      ${column("bigint", named, ({ admittedMs }) => admittedMs)}
    ) as n (
      id, source_id, known_by, user_id, name, name_key, named_at, first_at, last_at, meetings,
      namesakes, attended_ms, open_count, open_sum, unknown_ms, wait_count, admitted_count, admitted_ms
    )
    order by id
    on conflict (id) do update set
      first_at = least(p.first_at, excluded.first_at),
      last_at = greatest(p.last_at, excluded.last_at),
      meetings = p.meetings + excluded.meetings,
      namesakes = p.namesakes + excluded.namesakes,
      attended_ms = p.attended_ms + excluded.attended_ms,
      open_count = p.open_count + excluded.open_count,
      open_sum = p.open_sum + excluded.open_sum,
      unknown_ms = p.unknown_ms + excluded.unknown_ms,
      wait_count = p.wait_count + excluded.wait_count,
      admitted_count = p.admitted_count + excluded.admitted_count,
      admitted_ms = p.admitted_ms + excluded.admitted_ms,
      (name, name_key, named_at, sort_key) = (
        select excluded.name, excluded.name_key, excluded.named_at, excluded.sort_key
        where excluded.named_at > p.named_at or p.named_at is null
          or excluded.named_at is not null and excluded.named_at = p.named_at
            and excluded.name collate "C" >= p.name collate "C"
        union all select p.name, p.name_key, p.named_at, p.sort_key
        limit 1
      )
    returning p.part_of`);
}

function lastNamed({ aliases }: Move): AliasMove | null {
  return aliases.reduce<AliasMove | null>((a, b) => (a === null ? b : later(a, b)), null);
}

async function addAliases(
  tx: Transaction,
  aliases: readonly (AliasMove & { identity: string })[],
): Promise<void> {
  await tx.execute(sql`
    insert into aliases as a (identity, name_key, name, first_at, last_at, meetings, words)
    select n.identity, n.name_key, n.name, n.first_at, n.last_at, n.meetings, n.words::tsvector
    from unnest(
      ${column("uuid", aliases, ({ identity }) => identity)},
      ${column("text", aliases, ({ nameKey }) => nameKey)},
      ${column("text", aliases, ({ name }) => name)},
      ${column("bigint", aliases, ({ firstAt }) => firstAt)},
      ${column("bigint", aliases, ({ lastAt }) => lastAt)},
      ${column("integer", aliases, ({ meetings }) => meetings)},
      ${column("text", aliases, ({ nameKey }) => keptWords(nameKey))}
    ) as n (identity, name_key, name, first_at, last_at, meetings, words)
    on conflict (identity, name_key) do update set
      first_at = least(a.first_at, excluded.first_at),
      last_at = greatest(a.last_at, excluded.last_at),
      meetings = a.meetings + excluded.meetings,
      name = case when excluded.last_at > a.last_at
        or excluded.last_at = a.last_at and excluded.name collate "C" > a.name collate "C"
        then excluded.name else a.name end`);
}

/** Keeps a row for each who attended something, as yet without any numbers, where there is none. */
export async function keepKnown(
  tx: Transaction,
  ids: readonly string[],
  lasting: readonly string[],
): Promise<void> {
  await tx.execute(sql`
    insert into people (
      id, source_id, known_by, user_id, sort_key, first_at, last_at, meetings, namesakes, attended_ms,
      open_count, open_sum, wait_count, admitted_count, admitted_ms
    )
    select i.id, a.source_id, a.known_by, a.user_id, '', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
    from unnest(${list("uuid", ids)}) as i (id) cross join lateral (
      select m.source_id, case when s.lasts then 'user_id' else 'name' end as known_by,
        case when s.lasts then a.user_id end as user_id
      from attendances a join meetings m on m.id = a.meeting_id
        cross join lateral (
          select provider = any(${list("text", lasting)}) and a.user_id is not null
            and not a.user_id_shared as lasts
          from sources where id = m.source_id
        ) s
      where a.identity = i.id limit 1
    ) a
    order by i.id
    on conflict do nothing`);
}

/** Locks people. Answers the joined ones they are part of. */
export async function lockPeople(tx: Transaction, ids: readonly string[]): Promise<string[]> {
  const rows = await tx.execute<{ partOf: string | null }>(sql`
    select part_of as "partOf" from people where id = any(${list("uuid", ids)})
    order by id for update`);
  return [...new Set(rows.flatMap(({ partOf }) => partOf ?? []))];
}

const LAST_NAMED = sql.raw(`
  select l.name, l.name_key, l.last_at as named_at from aliases l`);

/**
 * Tells people anew from all that they attended, and drops those who attended nothing any more. Their rows
 * are locked already, so that whatever others told of them meanwhile is seen. What is so already is not written.
 */
export async function tellAnew(tx: Transaction, ids: readonly string[]): Promise<void> {
  const them = list("uuid", ids);
  const [named] = await Promise.all([
    tx.execute<NewlyNamed>(sql`
      with told as (
        select a.identity, a.name_key,
          (array_agg(a.name order by a.first_at desc, a.name collate "C" desc))[1] as name,
          min(a.first_at) as first_at, max(a.first_at) as last_at,
          count(distinct a.meeting_id)::int as meetings
        from attendances a where a.identity = any(${them}) and a.name_key is not null
        group by a.identity, a.name_key
      ), gone as (
        delete from aliases l where l.identity = any(${them})
          and not exists (select from told t where t.identity = l.identity and t.name_key = l.name_key)
      )
      insert into aliases as n (identity, name_key, name, first_at, last_at, meetings)
      select t.identity, t.name_key, t.name, t.first_at, t.last_at, t.meetings
      from told t left join aliases l
        on l.identity = any(${them}) and l.identity = t.identity and l.name_key = t.name_key
      where (t.name, t.first_at, t.last_at, t.meetings)
        is distinct from (l.name, l.first_at, l.last_at, l.meetings)
      on conflict (identity, name_key) do update set name = excluded.name,
        first_at = excluded.first_at, last_at = excluded.last_at, meetings = excluded.meetings
      returning n.identity, n.name_key as "nameKey", n.words is null as "isNew"`),
    tx.execute(sql`
      with members as (
        select id as person, id as identity, false as joined from unnest(${them}) as i (id)
      ), ${attendedByMembers()}
      update people p set ${assigned("n")}
      from (
        select q.id, coalesce(s.first_at, q.first_at) as first_at,
          coalesce(s.last_at, q.last_at) as last_at, coalesce(s.meetings, 0) as meetings,
          coalesce(s.namesakes, 0) as namesakes, coalesce(s.attended_ms, 0) as attended_ms,
          coalesce(s.open_count, 0) as open_count, coalesce(s.open_sum, 0) as open_sum,
          coalesce(s.unknown_ms, 0) as unknown_ms,
          coalesce(s.wait_count, 0) as wait_count, coalesce(s.admitted_count, 0) as admitted_count,
          coalesce(s.admitted_ms, 0) as admitted_ms, l.name, l.name_key, l.named_at,
          coalesce(l.name_key, q.user_id, '') as sort_key
        from people q
        left join (select a.id, ${SUMS} from a group by a.id) s on s.id = q.id
        left join lateral (
          ${LAST_NAMED} where l.identity = q.id order by l.last_at desc, l.name collate "C" desc limit 1
        ) l on true
        where q.id = any(${them})
      ) n
      where p.id = any(${them}) and p.id = n.id and (${toldOf("p")}) is distinct from (${toldOf("n")})`),
    tx.execute(
      sql`delete from people where id = any(${them}) and meetings = 0 and part_of is null`,
    ),
  ]);
  const fresh = named.filter(({ isNew }) => isNew);
  if (fresh.length > 0) await keepWordsOfNames(tx, fresh);
}

interface Named extends Record<string, unknown> {
  identity: string;
  nameKey: string;
}

interface NewlyNamed extends Named {
  isNew: boolean;
}

/** Keeps the words by which names are found. */
export async function keepWordsOfNames(tx: Transaction, names: readonly Named[]): Promise<void> {
  await tx.execute(sql`
    update aliases l set words = n.words::tsvector
    from unnest(
      ${column("uuid", names, ({ identity }) => identity)},
      ${column("text", names, ({ nameKey }) => nameKey)},
      ${column("text", names, ({ nameKey }) => keptWords(nameKey))}
    ) as n (identity, name_key, words)
    where l.identity = n.identity and l.name_key = n.name_key`);
}

/** What of a person follows from what they attended. */
const TOLD = [
  ...["first_at", "last_at", "meetings", "namesakes", "attended_ms", "open_count", "open_sum"],
  ...[
    "unknown_ms",
    "wait_count",
    "admitted_count",
    "admitted_ms",
    "name",
    "name_key",
    "named_at",
    "sort_key",
  ],
];

function toldOf(table: string) {
  return sql.raw(TOLD.map((column) => `${table}.${column}`).join(", "));
}

function assigned(table: string) {
  return sql.raw(TOLD.map((column) => `${column} = ${table}.${column}`).join(", "));
}

/**
 * Tells joined people from all that their parts attended. A meeting in which several parts were counts once,
 * and what they attended of it together is the length of the union, short gaps closed: as if they had been
 * one there.
 */
export async function tellJoined(tx: Transaction, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const them = list("uuid", ids);
  await tx.execute(sql`select from people where id = any(${them}) order by id for update`);
  await tx.execute(sql`
    with members as (${membersOf(them)}), ${attendedByMembers()}
    update people p set
      first_at = coalesce(s.first_at, p.first_at), last_at = coalesce(s.last_at, p.last_at),
      meetings = coalesce(s.meetings, 0), namesakes = 0, attended_ms = coalesce(s.attended_ms, 0),
      open_count = coalesce(s.open_count, 0), open_sum = coalesce(s.open_sum, 0),
      unknown_ms = coalesce(s.unknown_ms, 0),
      wait_count = coalesce(s.wait_count, 0), admitted_count = coalesce(s.admitted_count, 0),
      admitted_ms = coalesce(s.admitted_ms, 0),
      name = l.name, name_key = l.name_key, named_at = l.named_at,
      sort_key = coalesce(l.name_key, (select sort_key from people where id = p.leader), '')
    from unnest(${them}) as i (id)
    left join (select a.id, ${SUMS} from a group by a.id) s on s.id = i.id
    left join lateral (
      ${LAST_NAMED} join people o on o.id = l.identity
      where o.part_of = i.id order by l.last_at desc, l.name collate "C" desc limit 1
    ) l on true
    where p.id = i.id`);
}
