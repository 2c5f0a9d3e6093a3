import { and, asc, eq, isNull, type SQL, sql } from "drizzle-orm";
import { alias, type PgColumn } from "drizzle-orm/pg-core";
import type { Transaction } from "#db/connection/session.ts";
import { attendedByMembers, membersOf, SUMS } from "#db/people/attended.ts";
import { sources } from "#db/schema/accounts.ts";
import { aliases, people } from "#db/schema/people.ts";
import { attendances, meetings } from "#db/schema/projected.ts";
import { list } from "#db/sql/array.ts";
import {
  excluded,
  insertNew,
  isOneOf,
  unnested,
  updateAll,
  upsert,
  upserted,
} from "#db/sql/batch.ts";
import { keptWords } from "#db/sql/searching.ts";
import { named } from "#db/sql/table-columns.ts";
import { type AliasMove, byPerson, later, type Move } from "#domain/projection/moves.ts";

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
  if (moves.length === 0) return [];
  const all = byPerson(moves);
  const anew = all.flatMap(({ id, anew }) => (anew ? id : []));
  const names = all.flatMap(({ id, aliases: given, anew: isAnew }) =>
    isAnew ? [] : given.map((name) => ({ identity: id, ...name })),
  );
  const [rows] = await Promise.all([
    addMoves(tx, all),
    names.length > 0 ? addAliases(tx, names) : null,
    anew.length > 0 ? recountPeople(tx, anew) : null,
  ]);
  return [...new Set(rows.flatMap(({ partOf }) => partOf ?? []))];
}

const summed = (of: PgColumn) => sql`${of} + ${excluded(of)}`;
const earlier = (of: PgColumn) => sql`least(${of}, ${excluded(of)})`;
const latest = (of: PgColumn) => sql`greatest(${of}, ${excluded(of)})`;

/** Whether what somebody is called now was given later than what they were called. */
const isLater = sql`(${excluded(people.namedAt)} > ${people.namedAt} or ${people.namedAt} is null
  or ${excluded(people.namedAt)} = ${people.namedAt}
    and ${excluded(people.name)} collate "C" >= ${people.name} collate "C")`;
const ifLater = (of: PgColumn) => sql`case when ${isLater} then ${excluded(of)} else ${of} end`;

const MOVED = {
  ...{ sourceId: people.sourceId, knownBy: people.knownBy, userId: people.userId },
  ...{ firstAt: earlier(people.firstAt), lastAt: latest(people.lastAt) },
  ...{ meetings: summed(people.meetings), namesakes: summed(people.namesakes) },
  ...{ attendedMs: summed(people.attendedMs), openCount: summed(people.openCount) },
  ...{ openSum: summed(people.openSum), unknownMs: summed(people.unknownMs) },
  ...{ waitCount: summed(people.waitCount), admittedCount: summed(people.admittedCount) },
  ...{ admittedMs: summed(people.admittedMs), name: ifLater(people.name) },
  ...{ nameKey: ifLater(people.nameKey), namedAt: ifLater(people.namedAt) },
  sortKey: ifLater(people.sortKey),
};

async function addMoves(
  tx: Transaction,
  moves: readonly Move[],
): Promise<{ partOf: string | null }[]> {
  const rows = moves.map(({ aliases: names, anew: _, ...move }) => {
    const last = lastNamed(names);
    const nameKey = last?.nameKey ?? null;
    return {
      ...{ ...move, name: last?.name ?? null, nameKey, namedAt: last?.lastAt ?? null },
      sortKey: nameKey ?? move.userId ?? "",
    };
  });
  return upserted(tx, people, rows, MOVED, { partOf: people.partOf });
}

function lastNamed(names: readonly AliasMove[]): AliasMove | null {
  return names.reduce<AliasMove | null>((a, b) => (a === null ? b : later(a, b)), null);
}

const CALLED = {
  ...{ firstAt: earlier(aliases.firstAt), lastAt: latest(aliases.lastAt) },
  ...{ meetings: summed(aliases.meetings), words: aliases.words },
  name: sql`case when ${excluded(aliases.lastAt)} > ${aliases.lastAt}
    or ${excluded(aliases.lastAt)} = ${aliases.lastAt}
      and ${excluded(aliases.name)} collate "C" > ${aliases.name} collate "C"
    then ${excluded(aliases.name)} else ${aliases.name} end`,
};

async function addAliases(
  tx: Transaction,
  names: readonly (AliasMove & { identity: string })[],
): Promise<void> {
  const rows = names.map((name) => ({ ...name, words: keptWords(name.nameKey) }));
  await upsert(tx, aliases, rows, CALLED);
}

/** Keeps a row for each who attended something, as yet without any numbers, where there is none. */
export async function keepKnown(
  tx: Transaction,
  ids: readonly string[],
  lasting: readonly string[],
): Promise<void> {
  const given = unnested(
    "i",
    { id: people.id },
    ids.map((id) => ({ id })),
  );
  const { identity, userId, userIdShared, meetingId } = attendances;
  const isLasting = isOneOf(sources.provider, lasting);
  const attended = tx
    .select({
      ...{ sourceId: meetings.sourceId, userId },
      lasts: sql<boolean>`${isLasting} and ${userId} is not null and not ${userIdShared}`.as(
        "lasts",
      ),
    })
    .from(attendances)
    .innerJoin(meetings, eq(meetings.id, meetingId))
    .innerJoin(sources, eq(sources.id, meetings.sourceId))
    .where(eq(identity, given.of.id))
    .limit(1)
    .as("attended");
  const known = await tx
    .select({
      id: given.of.id,
      ...{ sourceId: attended.sourceId, userId: attended.userId, lasts: attended.lasts },
    })
    .from(given.from)
    .crossJoinLateral(attended)
    .orderBy(given.of.id);
  const rows = known.map(({ id, sourceId, lasts, userId: user }) => ({
    ...{ id, sourceId, knownBy: lasts ? ("user_id" as const) : ("name" as const) },
    ...{ userId: lasts ? user : null, sortKey: "", firstAt: 0, lastAt: 0, ...NO_SUMS },
  }));
  await insertNew(tx, people, rows);
}

const NO_SUMS = {
  ...{ meetings: 0, namesakes: 0, attendedMs: 0, openCount: 0, openSum: 0 },
  ...{ waitCount: 0, admittedCount: 0, admittedMs: 0 },
};

/** Locks people. Answers the joined ones they are part of. */
export async function lockPeople(tx: Transaction, ids: readonly string[]): Promise<string[]> {
  const rows = await tx
    .select({ partOf: people.partOf })
    .from(people)
    .where(isOneOf(people.id, ids))
    .orderBy(asc(people.id))
    .for("update");
  return [...new Set(rows.flatMap(({ partOf }) => partOf ?? []))];
}

const a = alias(attendances, "a");
const l = alias(aliases, "l");
const o = alias(people, "o");
const p = alias(people, "p");
const q = alias(people, "q");

const LAST_NAMED = sql`
  select ${l.name} as ${named(people.name)}, ${l.nameKey} as ${named(people.nameKey)},
    ${l.lastAt} as ${named(people.namedAt)} from ${aliases} ${l}`;
const LATEST_FIRST = sql`order by ${l.lastAt} desc, ${l.name} collate "C" desc limit 1`;

/**
 * Tells people anew from all that they attended, and drops those who attended nothing any more. Their rows
 * are locked already, so that whatever others told of them meanwhile is seen. What is so already is not written.
 */
export async function recountPeople(tx: Transaction, ids: readonly string[]): Promise<void> {
  const them = list("uuid", ids);
  const [names] = await Promise.all([
    tx.execute<NewlyNamed>(sql`
      with t (identity, name_key, name, first_at, last_at, meetings) as (
        select ${a.identity}, ${a.nameKey},
          (array_agg(${a.name} order by ${a.firstAt} desc, ${a.name} collate "C" desc))[1],
          min(${a.firstAt}), max(${a.firstAt}), count(distinct ${a.meetingId})::int
        from ${attendances} ${a}
        where ${a.identity} = any(${them}) and ${a.nameKey} is not null
        group by ${a.identity}, ${a.nameKey}
      ), gone as (
        delete from ${aliases} ${l} where ${l.identity} = any(${them})
          and not exists (select from t where t.identity = ${l.identity} and t.name_key = ${l.nameKey})
      )
      insert into ${aliases} (${listed(NAMED.map(named))})
      select t.identity, t.name_key, t.name, t.first_at, t.last_at, t.meetings
      from t left join ${aliases} ${l} on ${l.identity} = any(${them})
        and ${l.identity} = t.identity and ${l.nameKey} = t.name_key
      where (t.name, t.first_at, t.last_at, t.meetings)
        is distinct from (${l.name}, ${l.firstAt}, ${l.lastAt}, ${l.meetings})
      on conflict (${named(aliases.identity)}, ${named(aliases.nameKey)})
        do update set ${listed(NAMED.slice(2).map((of) => sql`${named(of)} = ${excluded(of)}`))}
      returning ${aliases.identity}, ${aliases.nameKey} as "nameKey", ${aliases.words} is null as "isNew"`),
    tx.execute(sql`
      with members as (
        select id as person, id as identity, false as joined from unnest(${them}) as i (id)
      ), ${attendedByMembers()}
      update ${people} ${p} set ${listed(TOLD.map((of) => sql`${named(of)} = n.${named(of)}`))}
      from (
        select ${q.id}, ${summedUp(q)}, ${calledAs(sql`${q.userId}`)}
        from ${people} ${q}
        left join (select a.id, ${SUMS} from a group by a.id) s on s.id = ${q.id}
        left join lateral (
          ${LAST_NAMED} where ${l.identity} = ${q.id} ${LATEST_FIRST}
        ) called on true
        where ${q.id} = any(${them})
      ) n (${listed([people.id, ...TOLD].map(named))})
      where ${p.id} = any(${them}) and ${p.id} = n.id
        and (${listed(TOLD.map((of) => sql`p.${named(of)}`))})
          is distinct from (${listed(TOLD.map((of) => sql`n.${named(of)}`))})`),
    tx
      .delete(people)
      .where(and(isOneOf(people.id, ids), eq(people.meetings, 0), isNull(people.partOf))),
  ]);
  const fresh = names.filter(({ isNew }) => isNew);
  if (fresh.length > 0) await keepWordsOfNames(tx, fresh);
}

type Named = Pick<typeof aliases.$inferSelect, "identity" | "nameKey">;

interface NewlyNamed extends Named, Record<string, unknown> {
  isNew: boolean;
}

/** Keeps the words by which names are found. */
export async function keepWordsOfNames(tx: Transaction, names: readonly Named[]): Promise<void> {
  const rows = names.map(({ identity, nameKey }) => ({
    ...{ identity, nameKey, words: keptWords(nameKey) },
  }));
  await updateAll(tx, aliases, rows);
}

/** What of a name somebody was called by follows from what they attended; it is known by the first two. */
const NAMED = [
  ...[aliases.identity, aliases.nameKey, aliases.name],
  ...[aliases.firstAt, aliases.lastAt, aliases.meetings],
];

/** What of a person follows from what they attended, in the order in which it is told. */
const SUMMED = [
  ...[people.meetings, people.namesakes, people.attendedMs, people.openCount, people.openSum],
  ...[people.unknownMs, people.waitCount, people.admittedCount, people.admittedMs],
];
const TOLD = [
  ...[people.firstAt, people.lastAt, ...SUMMED],
  ...[people.name, people.nameKey, people.namedAt, people.sortKey],
];

/** The sums `s` of somebody: of whoever attended nothing the times stay. */
function summedUp(of: Record<"firstAt" | "lastAt", PgColumn>) {
  const times = sql`coalesce(s.${named(people.firstAt)}, ${of.firstAt}),
    coalesce(s.${named(people.lastAt)}, ${of.lastAt})`;
  return sql`${times}, ${listed(SUMMED.map((sum) => sql`coalesce(s.${named(sum)}, 0)`))}`;
}

/** What somebody was `called` last; who has no name is listed by something else. */
function calledAs(other: SQL) {
  const { name, nameKey, namedAt } = people;
  return sql`called.${named(name)}, called.${named(nameKey)}, called.${named(namedAt)},
    coalesce(called.${named(nameKey)}, ${other}, '')`;
}

function listed(parts: readonly SQL[]): SQL {
  return sql.join([...parts], sql`, `);
}

/**
 * Tells joined people from all that their parts attended. A meeting in which several parts were counts once,
 * and what they attended of it together is the length of the union, short gaps closed: as if they had been
 * one there.
 */
export async function recountJoined(tx: Transaction, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const them = list("uuid", ids);
  await lockPeople(tx, ids);
  const leaders = sql`(select ${o.sortKey} from ${people} ${o} where ${o.id} = ${p.leader})`;
  await tx.execute(sql`
    with members as (${membersOf(them)}), ${attendedByMembers()}
    update ${people} ${p} set (${listed(TOLD.map(named))}) = row(${summedUp(p)}, ${calledAs(leaders)})
    from unnest(${them}) as i (id)
    left join (select a.id, ${SUMS} from a group by a.id) s on s.id = i.id
    left join lateral (
      ${LAST_NAMED} join ${people} ${o} on ${o.id} = ${l.identity}
      where ${o.partOf} = i.id ${LATEST_FIRST}
    ) called on true
    where ${p.id} = i.id`);
}
