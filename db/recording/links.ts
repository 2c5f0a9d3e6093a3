import { and, eq, exists, gt, isNotNull, isNull, notExists, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Transaction } from "#db/connection/session.ts";
import { peopleLinks } from "#db/schema/operators.ts";
import { people } from "#db/schema/people.ts";
import { insertNew, isOneOf, unnested } from "#db/sql/batch.ts";
import { groupsOf, type PersonPair } from "#domain/people/joined.ts";
import type { Ms } from "#domain/time/ms.ts";
import { forgetApart } from "./apart.ts";
import { recountJoined } from "./everybody.ts";
import { joinedIdOf } from "./person-id.ts";

/** An operator's word that two are one. */
export interface NewLink extends PersonPair {
  id: string;
  by: string;
  at: Ms;
}

/**
 * Nobody else writes about people until the transaction ends: who is part of whom does not change under
 * somebody who adds to them.
 */
export async function lockEverybody(tx: Transaction): Promise<void> {
  await tx.execute(sql`lock table ${people} in share row exclusive mode`);
}

/** Keeps a link, unless the same is in force already. Everybody is locked. Answers whether it was kept. */
export async function keepLink(tx: Transaction, link: NewLink): Promise<boolean> {
  const { id, one, other, by, at } = link;
  const kept = await tx
    .insert(peopleLinks)
    .values({ id, one, other, by, at })
    .onConflictDoNothing()
    .returning({ id: peopleLinks.id });
  return kept.length > 0;
}

/** Takes a link back. Everybody is locked. Answers whom it joined; `null` where it is not in force. */
export async function undoLink(
  tx: Transaction,
  { id, by, at }: Pick<NewLink, "id" | "by" | "at">,
): Promise<PersonPair | null> {
  const [link] = await tx
    .update(peopleLinks)
    .set({ undoneBy: by, undoneAt: at })
    .where(and(eq(peopleLinks.id, id), isNull(peopleLinks.undoneAt)))
    .returning(ENDS);
  return link ?? null;
}

const ENDS = { one: peopleLinks.one, other: peopleLinks.other };

/**
 * Makes those who are near the given ones by links, or were, into joined people as the links in force have
 * it. Everybody is locked.
 */
export async function regroup(tx: Transaction, ids: readonly string[]): Promise<void> {
  const near = await nearTo(tx, ids);
  if (near.length === 0) return;
  const them = near.map(({ id }) => id);
  const isNear = or(isOneOf(peopleLinks.one, them), isOneOf(peopleLinks.other, them));
  const links = await tx
    .select(ENDS)
    .from(peopleLinks)
    .where(and(isNull(peopleLinks.undoneAt), isNear));
  const known = new Map(near.map((one) => [one.id, one]));
  const groups = groupsOf(links).flatMap((group) => {
    const parts = group.flatMap((id) => known.get(id) ?? []);
    const [leader] = parts.toSorted(byLead);
    return leader && parts.length > 1 ? { id: joinedIdOf(leader.id), leader, parts } : [];
  });
  await insertNew(
    tx,
    people,
    groups.map(({ id, leader }) => joinedOf(id, leader)),
  );
  const partOf = new Map(groups.flatMap(({ id, parts }) => parts.map((part) => [part.id, id])));
  const given = unnested(
    "n",
    { id: people.id, partOf: people.partOf },
    them.map((id) => ({ id, partOf: partOf.get(id) ?? null })),
  );
  await tx
    .update(people)
    .set({ partOf: given.of.partOf })
    .from(given.from)
    .where(
      and(eq(people.id, given.of.id), sql`${people.partOf} is distinct from ${given.of.partOf}`),
    );
  const part = alias(people, "part");
  const isLed = tx.select({ id: part.id }).from(part).where(eq(part.partOf, people.id));
  await tx.delete(people).where(and(isJoined, isOneOf(people.leader, them), notExists(isLed)));
  // Who attended nothing was kept only as a part.
  await tx
    .delete(people)
    .where(and(isOneOf(people.id, them), eq(people.meetings, 0), isNull(people.partOf)));
  await recountJoined(
    tx,
    groups.map(({ id }) => id),
  );
}

const isJoined = sql`${people.knownBy} = 'joined'`;

/** Somebody who may be joined with others. */
type Near = Pick<Person, "id" | "sourceId" | "knownBy" | "firstAt" | "lastAt">;
type Person = typeof people.$inferSelect;

/** Who can be reached from the given ones by links in force, or is part of the same joined ones. */
async function nearTo(tx: Transaction, ids: readonly string[]): Promise<Near[]> {
  const part = alias(people, "part");
  const near = sql`
    with recursive near as (
      select id from ${givenOf(ids).from}
      union
      select o.id from near n cross join lateral (
        select ${peopleLinks.other} as id from ${peopleLinks}
          where ${peopleLinks.one} = n.id and ${peopleLinks.undoneAt} is null
        union all select ${peopleLinks.one} from ${peopleLinks}
          where ${peopleLinks.other} = n.id and ${peopleLinks.undoneAt} is null
        union all select ${part.id} from ${people} join ${people} ${part} on ${part.partOf} = ${people.partOf}
        where ${people.id} = n.id
      ) o
    ) select id from near`;
  const { id, sourceId, knownBy, firstAt, lastAt } = people;
  return tx
    .select({ id, sourceId, knownBy, firstAt, lastAt })
    .from(people)
    .innerJoin(sql`(${near}) as near (id)`, sql`${id} = near.id`)
    .where(sql`${knownBy} <> 'joined'`);
}

/** A joined one of whom nothing is told yet. */
function joinedOf(
  id: string,
  { id: leader, sourceId, firstAt, lastAt }: Near,
): typeof people.$inferInsert {
  return {
    ...{ id, sourceId, knownBy: "joined", sortKey: "", leader, firstAt, lastAt, meetings: 0 },
    ...{ namesakes: 0, attendedMs: 0, openCount: 0, openSum: 0, waitCount: 0, admittedCount: 0 },
    admittedMs: 0,
  };
}

function givenOf(ids: readonly string[]) {
  return unnested(
    "i",
    { id: people.id },
    ids.map((id) => ({ id })),
  );
}

/** Whose user id is known stands for the others. */
function byLead(a: Near, b: Near): number {
  if (a.knownBy !== b.knownBy) return a.knownBy === "user_id" ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

/** Whether any of them is in a link, or is part of a joined one. */
export async function areLinked(tx: Transaction, ids: readonly string[]): Promise<boolean> {
  const given = givenOf(ids);
  const linked = await tx
    .select({ id: given.of.id })
    .from(given.from)
    .where(
      or(
        exists(tx.select(ENDS).from(peopleLinks).where(eq(peopleLinks.one, given.of.id))),
        exists(tx.select(ENDS).from(peopleLinks).where(eq(peopleLinks.other, given.of.id))),
        exists(
          tx
            .select({ id: people.id })
            .from(people)
            .where(and(eq(people.id, given.of.id), isNotNull(people.partOf))),
        ),
      ),
    )
    .limit(1);
  return linked.length > 0;
}

/** Forgets every link with those who are not kept any more, also such as were taken back. */
export async function forgetLinks(tx: Transaction, ids: readonly string[]): Promise<void> {
  await forgetApart(tx, ids);
  if (!(await areLinked(tx, ids))) return;
  await lockEverybody(tx);
  const given = givenOf(ids);
  const stays = tx
    .select({ id: people.id })
    .from(people)
    .where(and(eq(people.id, given.of.id), gt(people.meetings, 0)));
  const isOfGone = tx
    .select({ id: given.of.id })
    .from(given.from)
    .where(
      and(sql`${given.of.id} in (${peopleLinks.one}, ${peopleLinks.other})`, notExists(stays)),
    );
  const gone = await tx
    .delete(peopleLinks)
    .where(
      and(or(isOneOf(peopleLinks.one, ids), isOneOf(peopleLinks.other, ids)), exists(isOfGone)),
    )
    .returning(ENDS);
  await regroup(
    tx,
    gone.flatMap(({ one, other }) => [one, other]),
  );
}

/** Holds people, so that nobody joins, parts or drops them meanwhile. */
export async function lockPeopleShared(tx: Transaction, ids: readonly string[]): Promise<void> {
  await tx
    .select({ id: people.id })
    .from(people)
    .where(isOneOf(people.id, ids))
    .orderBy(people.id)
    .for("share");
}

/** Whether two are one already. */
export async function areOne(tx: Transaction, { one, other }: PersonPair): Promise<boolean> {
  const another = alias(people, "another");
  const rows = await tx
    .select({ id: people.id })
    .from(people)
    .innerJoin(another, eq(another.partOf, people.partOf))
    .where(and(eq(people.id, one), eq(another.id, other)));
  return rows.length > 0;
}

/** Those of the ids that somebody is known by. */
export async function partsOf(tx: Transaction, ids: readonly string[]): Promise<string[]> {
  const rows = await tx
    .select({ id: people.id })
    .from(people)
    .where(and(isOneOf(people.id, ids), sql`${people.knownBy} <> 'joined'`));
  return rows.map(({ id }) => id);
}
