import { and, eq, exists, gt, isNotNull, isNull, notExists, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Transaction } from "#db/connection/session.ts";
import { peopleLinks } from "#db/schema/operators.ts";
import { people } from "#db/schema/people.ts";
import { insertNew, isOneOf, unnested } from "#db/sql/batch.ts";
import { groupsOf, type PersonPair } from "#domain/people/joined.ts";
import { forgetApart } from "./apart.ts";
import type { NewLink } from "./new-link.ts";
import { recountJoined } from "./people.ts";
import { joinedIdOf } from "./person-id.ts";

/**
 * No other transaction writes about people until this one ends: nobody becomes part of a joined person while
 * another transaction adds to them.
 */
export async function lockEverybody(tx: Transaction): Promise<void> {
  await tx.execute(sql`lock table ${people} in share row exclusive mode`);
}

/**
 * Stores a link, unless the same is in force already. The caller holds `lockEverybody`. Answers whether it
 * was stored.
 */
export async function storeLink(tx: Transaction, link: NewLink): Promise<boolean> {
  const { id, one, other, by, at } = link;
  const stored = await tx
    .insert(peopleLinks)
    .values({ id, one, other, by, at })
    .onConflictDoNothing()
    .returning({ id: peopleLinks.id });
  return stored.length > 0;
}

/** Undoes a link. The caller holds `lockEverybody`. Answers the pair it joined; `null` where it is not in force. */
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
 * Regroups the people who are, or were, connected to the given ones by links into joined people, as the links
 * in force say. The caller holds `lockEverybody`.
 */
export async function regroup(tx: Transaction, ids: readonly string[]): Promise<void> {
  const connected = await connectedTo(tx, ids);
  if (connected.length === 0) return;
  const connectedIds = connected.map(({ id }) => id);
  const isNear = or(
    isOneOf(peopleLinks.one, connectedIds),
    isOneOf(peopleLinks.other, connectedIds),
  );
  const links = await tx
    .select(ENDS)
    .from(peopleLinks)
    .where(and(isNull(peopleLinks.undoneAt), isNear));
  const byId = new Map(connected.map((one) => [one.id, one]));
  const groups = groupsOf(links).flatMap((group) => {
    const parts = group.flatMap((id) => byId.get(id) ?? []);
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
    connectedIds.map((id) => ({ id, partOf: partOf.get(id) ?? null })),
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
  await tx
    .delete(people)
    .where(and(isJoined, isOneOf(people.leader, connectedIds), notExists(isLed)));
  // A person who attended nothing was stored only as a part.
  await tx
    .delete(people)
    .where(and(isOneOf(people.id, connectedIds), eq(people.meetings, 0), isNull(people.partOf)));
  await recountJoined(
    tx,
    groups.map(({ id }) => id),
  );
}

const isJoined = sql`${people.knownBy} = 'joined'`;

/** A person who may be joined with others. */
type Joinable = Pick<Person, "id" | "sourceId" | "knownBy" | "firstAt" | "lastAt">;
type Person = typeof people.$inferSelect;

/** The people who can be reached from the given ones by links in force, or are part of the same joined people. */
async function connectedTo(tx: Transaction, ids: readonly string[]): Promise<Joinable[]> {
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

/** The row of a joined person before it is counted. */
function joinedOf(
  id: string,
  { id: leader, sourceId, firstAt, lastAt }: Joinable,
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

/** A person with a known user id leads the others. */
function byLead(a: Joinable, b: Joinable): number {
  if (a.knownBy !== b.knownBy) return a.knownBy === "user_id" ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

/** Whether any of these people is in a link, or is part of a joined person. */
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

/** Deletes every link with people who are no longer stored, the undone ones too. */
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

/** Locks people against being joined, parted or dropped by another transaction. */
export async function lockPeopleShared(tx: Transaction, ids: readonly string[]): Promise<void> {
  await tx
    .select({ id: people.id })
    .from(people)
    .where(isOneOf(people.id, ids))
    .orderBy(people.id)
    .for("share");
}

/** Whether the two are one person already. */
export async function areOne(tx: Transaction, { one, other }: PersonPair): Promise<boolean> {
  const another = alias(people, "another");
  const rows = await tx
    .select({ id: people.id })
    .from(people)
    .innerJoin(another, eq(another.partOf, people.partOf))
    .where(and(eq(people.id, one), eq(another.id, other)));
  return rows.length > 0;
}

/** The ids among these that belong to people who are not joined. */
export async function partsOf(tx: Transaction, ids: readonly string[]): Promise<string[]> {
  const rows = await tx
    .select({ id: people.id })
    .from(people)
    .where(and(isOneOf(people.id, ids), sql`${people.knownBy} <> 'joined'`));
  return rows.map(({ id }) => id);
}
