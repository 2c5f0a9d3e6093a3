import { and, asc, eq, isNull, type SQL, sql } from "drizzle-orm";
import { alias, type PgColumn } from "drizzle-orm/pg-core";
import type { Transaction } from "#db/connection/session.ts";
import { attendedByParts, joinedPartsOf, SUMS } from "#db/people/attended.ts";
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
import { wordsValue } from "#db/sql/searching.ts";
import { named } from "#db/sql/table-columns.ts";
import { type AliasMove, byPerson, later, type Move } from "#domain/projection/moves.ts";

/*
 * `people` and `aliases`: every person over all meetings of a source. They move by differences; after a
 * withdrawal a person is counted anew. A writer locks the rows of its people first, in the order of ids: so
 * no difference is lost, and two transactions never deadlock.
 */

/**
 * Moves people, and recounts those of whom something was withdrawn. Answers the joined people whose parts
 * moved: the caller recounts these too, by `recountJoined`, when this is done.
 */
export async function movePeople(tx: Transaction, moves: readonly Move[]): Promise<string[]> {
  if (moves.length === 0) return [];
  const all = byPerson(moves);
  const recounted = all.flatMap(({ id, anew }) => (anew ? id : []));
  const names = all.flatMap(({ id, aliases: given, anew: isAnew }) =>
    isAnew ? [] : given.map((name) => ({ identity: id, ...name })),
  );
  const [rows] = await Promise.all([
    addMoves(tx, all),
    names.length > 0 ? addAliases(tx, names) : null,
    recounted.length > 0 ? recountPeople(tx, recounted) : null,
  ]);
  return [...new Set(rows.flatMap(({ partOf }) => partOf ?? []))];
}

const summed = (of: PgColumn) => sql`${of} + ${excluded(of)}`;
const earlier = (of: PgColumn) => sql`least(${of}, ${excluded(of)})`;
const latest = (of: PgColumn) => sql`greatest(${of}, ${excluded(of)})`;

/** Whether the new name was given later than the name in the row. */
const isLater = sql`(${excluded(people.namedAt)} > ${people.namedAt} or ${people.namedAt} is null
  or ${excluded(people.namedAt)} = ${people.namedAt}
    and ${excluded(people.name)} collate "C" >= ${people.name} collate "C")`;
const ifLater = (of: PgColumn) => sql`case when ${isLater} then ${excluded(of)} else ${of} end`;

const PERSON_MOVED = {
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
  return upserted(tx, people, rows, PERSON_MOVED, { partOf: people.partOf });
}

function lastNamed(names: readonly AliasMove[]): AliasMove | null {
  return names.reduce<AliasMove | null>((a, b) => (a === null ? b : later(a, b)), null);
}

const ALIAS_MOVED = {
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
  const rows = names.map((name) => ({ ...name, words: wordsValue(name.nameKey) }));
  await upsert(tx, aliases, rows, ALIAS_MOVED);
}

/** Stores a row without numbers for each person who attended something and has none. */
export async function insertMissingPeople(
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
  const identities = await tx
    .select({
      id: given.of.id,
      ...{ sourceId: attended.sourceId, userId: attended.userId, lasts: attended.lasts },
    })
    .from(given.from)
    .crossJoinLateral(attended)
    .orderBy(given.of.id);
  const rows = identities.map(({ id, sourceId, lasts, userId: user }) => ({
    ...{ id, sourceId, knownBy: lasts ? ("user_id" as const) : ("name" as const) },
    ...{ userId: lasts ? user : null, sortKey: "", firstAt: 0, lastAt: 0, ...NO_SUMS },
  }));
  await insertNew(tx, people, rows);
}

const NO_SUMS = {
  ...{ meetings: 0, namesakes: 0, attendedMs: 0, openCount: 0, openSum: 0 },
  ...{ waitCount: 0, admittedCount: 0, admittedMs: 0 },
};

/** Locks people. Answers the joined people they are part of. */
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
 * Recounts people from everything they attended, and drops those who attended nothing any more. Their rows
 * are locked already, so that the differences of other transactions are seen. Rows that would not change are
 * not written.
 */
export async function recountPeople(tx: Transaction, ids: readonly string[]): Promise<void> {
  const idList = list("uuid", ids);
  const [names] = await Promise.all([
    tx.execute<CountedAlias>(sql`
      with t (identity, name_key, name, first_at, last_at, meetings) as (
        select ${a.identity}, ${a.nameKey},
          (array_agg(${a.name} order by ${a.firstAt} desc, ${a.name} collate "C" desc))[1],
          min(${a.firstAt}), max(${a.firstAt}), count(distinct ${a.meetingId})::int
        from ${attendances} ${a}
        where ${a.identity} = any(${idList}) and ${a.nameKey} is not null
        group by ${a.identity}, ${a.nameKey}
      ), gone as (
        delete from ${aliases} ${l} where ${l.identity} = any(${idList})
          and not exists (select from t where t.identity = ${l.identity} and t.name_key = ${l.nameKey})
      )
      insert into ${aliases} (${listed(ALIAS_COUNTED.map(named))})
      select t.identity, t.name_key, t.name, t.first_at, t.last_at, t.meetings
      from t left join ${aliases} ${l} on ${l.identity} = any(${idList})
        and ${l.identity} = t.identity and ${l.nameKey} = t.name_key
      where (t.name, t.first_at, t.last_at, t.meetings)
        is distinct from (${l.name}, ${l.firstAt}, ${l.lastAt}, ${l.meetings})
      on conflict (${named(aliases.identity)}, ${named(aliases.nameKey)})
        do update set ${listed(ALIAS_COUNTED.slice(2).map((of) => sql`${named(of)} = ${excluded(of)}`))}
      returning ${aliases.identity}, ${aliases.nameKey} as "nameKey", ${aliases.words} is null as "isNew"`),
    tx.execute(sql`
      with joined_parts as (
        select id as person, id as identity, false as joined from unnest(${idList}) as i (id)
      ), ${attendedByParts()}
      update ${people} ${p} set ${listed(PERSON_COUNTED.map((of) => sql`${named(of)} = n.${named(of)}`))}
      from (
        select ${q.id}, ${summedUp(q)}, ${calledAs(sql`${q.userId}`)}
        from ${people} ${q}
        left join (select a.id, ${SUMS} from a group by a.id) s on s.id = ${q.id}
        left join lateral (
          ${LAST_NAMED} where ${l.identity} = ${q.id} ${LATEST_FIRST}
        ) called on true
        where ${q.id} = any(${idList})
      ) n (${listed([people.id, ...PERSON_COUNTED].map(named))})
      where ${p.id} = any(${idList}) and ${p.id} = n.id
        and (${listed(PERSON_COUNTED.map((of) => sql`p.${named(of)}`))})
          is distinct from (${listed(PERSON_COUNTED.map((of) => sql`n.${named(of)}`))})`),
    tx
      .delete(people)
      .where(and(isOneOf(people.id, ids), eq(people.meetings, 0), isNull(people.partOf))),
  ]);
  const added = names.filter(({ isNew }) => isNew);
  if (added.length > 0) await keepWordsOfNames(tx, added);
}

type AliasKey = Pick<typeof aliases.$inferSelect, "identity" | "nameKey">;

interface CountedAlias extends AliasKey, Record<string, unknown> {
  isNew: boolean;
}

/** Stores the words by which names are found. */
export async function keepWordsOfNames(tx: Transaction, names: readonly AliasKey[]): Promise<void> {
  const rows = names.map(({ identity, nameKey }) => ({
    ...{ identity, nameKey, words: wordsValue(nameKey) },
  }));
  await updateAll(tx, aliases, rows);
}

/** The columns of a name that follow from attendances; the first two are its key. */
const ALIAS_COUNTED = [
  ...[aliases.identity, aliases.nameKey, aliases.name],
  ...[aliases.firstAt, aliases.lastAt, aliases.meetings],
];

/** The columns of a person that follow from attendances, in the order in which statements write them. */
const SUMMED = [
  ...[people.meetings, people.namesakes, people.attendedMs, people.openCount, people.openSum],
  ...[people.unknownMs, people.waitCount, people.admittedCount, people.admittedMs],
];
const PERSON_COUNTED = [
  ...[people.firstAt, people.lastAt, ...SUMMED],
  ...[people.name, people.nameKey, people.namedAt, people.sortKey],
];

/** The sums `s` of a person: the times of a person who attended nothing stay. */
function summedUp(of: Record<"firstAt" | "lastAt", PgColumn>) {
  const times = sql`coalesce(s.${named(people.firstAt)}, ${of.firstAt}),
    coalesce(s.${named(people.lastAt)}, ${of.lastAt})`;
  return sql`${times}, ${listed(SUMMED.map((sum) => sql`coalesce(s.${named(sum)}, 0)`))}`;
}

/** The latest name, as `called` has it; a person without a name is listed by `other`. */
function calledAs(other: SQL) {
  const { name, nameKey, namedAt } = people;
  return sql`called.${named(name)}, called.${named(nameKey)}, called.${named(namedAt)},
    coalesce(called.${named(nameKey)}, ${other}, '')`;
}

function listed(parts: readonly SQL[]): SQL {
  return sql.join([...parts], sql`, `);
}

/**
 * Recounts joined people from everything their parts attended. A meeting in which several parts were counts
 * once, and their attended time is the length of the union, short gaps closed: as if they had been one person
 * there.
 */
export async function recountJoined(tx: Transaction, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const idList = list("uuid", ids);
  await lockPeople(tx, ids);
  const leaders = sql`(select ${o.sortKey} from ${people} ${o} where ${o.id} = ${p.leader})`;
  await tx.execute(sql`
    with joined_parts as (${joinedPartsOf(idList)}), ${attendedByParts()}
    update ${people} ${p} set (${listed(PERSON_COUNTED.map(named))}) = row(${summedUp(p)}, ${calledAs(leaders)})
    from unnest(${idList}) as i (id)
    left join (select a.id, ${SUMS} from a group by a.id) s on s.id = i.id
    left join lateral (
      ${LAST_NAMED} join ${people} ${o} on ${o.id} = ${l.identity}
      where ${o.partOf} = i.id ${LATEST_FIRST}
    ) called on true
    where ${p.id} = i.id`);
}
