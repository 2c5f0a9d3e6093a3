import { and, desc, eq, isNotNull, notInArray, or, sql } from "drizzle-orm";
import type { NamingEntry } from "#db/access/audit.ts";
import type { Transaction } from "#db/connection/session.ts";
import { isTheirs } from "#db/recording/theirs.ts";
import { sources } from "#db/schema/accounts.ts";
import { auditEntries } from "#db/schema/audit.ts";
import { classLists, repetitions } from "#db/schema/class-lists.ts";
import { events } from "#db/schema/facts.ts";
import { peopleApart, peopleLinks, scheduledMeetings, statements } from "#db/schema/operators.ts";
import { aliases, people } from "#db/schema/people.ts";
import { attendances, meetings, rooms } from "#db/schema/projected.ts";
import { list } from "#db/sql/array.ts";
import { isOneOf } from "#db/sql/batch.ts";
import type { Orm, Reader } from "#db/sql/orm.ts";
import { hasWords } from "#db/sql/searching.ts";
import { foldName } from "#domain/identity/name.ts";
import type { KnownBy } from "#domain/identity/person-identity.ts";
import { hasWhole } from "#domain/identity/search.ts";
import type { StatementFacts } from "#domain/people/statements/facts.ts";
import type { Ms } from "#domain/time/ms.ts";

/** As whom a source knows a person who is to be erased. */
export interface Part {
  id: string;
  sourceId: string;
  provider: string;
  knownBy: KnownBy;
  /** The user id, or the folded name. */
  of: string;
}

/** A person who is to be erased: their parts, and everything they are called by. */
export interface WholePerson {
  parts: Part[];
  /** Their id, and that of the joined person they are. */
  ids: string[];
  userIds: string[];
  /** As they were written, the latest first. */
  names: string[];
  /** The same, folded. */
  nameKeys: string[];
  meetings: number;
}

/** The person that an id of `people` leads to, also the id of a part; `null` for anything else. */
export async function wholePerson(reader: Reader, id: string): Promise<WholePerson | null> {
  const [asked] = await reader
    .select({ partOf: people.partOf, leader: people.leader })
    .from(people)
    .where(eq(people.id, id));
  if (asked === undefined) return null;
  const joined = asked.partOf ?? (asked.leader === null ? null : id);
  const rows = await reader
    .select({
      ...{ id: people.id, sourceId: people.sourceId, knownBy: people.knownBy },
      ...{ userId: people.userId, nameKey: people.nameKey, provider: sources.provider },
      meetings: people.meetings,
    })
    .from(people)
    .innerJoin(sources, eq(sources.id, people.sourceId))
    .where(
      and(
        joined === null ? eq(people.id, id) : eq(people.partOf, joined),
        sql`${people.knownBy} <> 'joined'`,
      ),
    )
    .orderBy(people.id);
  const parts = rows.flatMap(({ userId, nameKey, meetings: _, ...row }): Part[] => {
    if (row.knownBy === "joined") return [];
    const of = row.knownBy === "user_id" ? userId : nameKey;
    return of === null ? [] : [{ ...row, knownBy: row.knownBy, of }];
  });
  if (parts.length === 0) return null;
  const ids = parts.map((part) => part.id);
  const named = await reader
    .select({ name: aliases.name, nameKey: aliases.nameKey })
    .from(aliases)
    .where(isOneOf(aliases.identity, ids))
    .orderBy(desc(aliases.lastAt));
  const worn = await reader
    .selectDistinct({ userId: attendances.userId })
    .from(attendances)
    .where(
      and(
        isOneOf(attendances.identity, ids),
        isNotNull(attendances.userId),
        sql`not ${attendances.userIdShared}`,
      ),
    );
  return {
    parts,
    ids: joined === null ? ids : [...ids, joined],
    userIds: [
      ...new Set([
        ...parts.flatMap((part) => (part.knownBy === "user_id" ? part.of : [])),
        ...worn.flatMap(({ userId }) => userId ?? []),
      ]),
    ],
    names: [...new Set(named.map(({ name }) => name))],
    nameKeys: [...new Set(named.map(({ nameKey }) => nameKey))],
    meetings: rows.reduce((sum, { meetings: own }) => sum + own, 0),
  };
}

/** As whom their sources know people; without those who are joined of others. */
export async function partsNamed(reader: Reader, ids: readonly string[]): Promise<Part[]> {
  const rows = await reader
    .select({
      ...{ id: people.id, sourceId: people.sourceId, knownBy: people.knownBy },
      ...{ userId: people.userId, nameKey: people.nameKey, provider: sources.provider },
    })
    .from(people)
    .innerJoin(sources, eq(sources.id, people.sourceId))
    .where(isOneOf(people.id, ids));
  return rows.flatMap(({ userId, nameKey, knownBy, ...row }): Part[] => {
    if (knownBy === "joined") return [];
    const of = knownBy === "user_id" ? userId : nameKey;
    return of === null ? [] : [{ ...row, knownBy, of }];
  });
}

/** Every way in which the names of a person were written: `names` has the latest of those that are one when folded. */
export async function writtenNames(reader: Reader, { parts }: WholePerson): Promise<string[]> {
  const name = sql<string | null>`${events.data} ->> 'name'`;
  const rows = await reader
    .selectDistinct({ name })
    .from(attendances)
    .innerJoin(events, isTheirs())
    .where(
      isOneOf(
        attendances.identity,
        parts.map(({ id }) => id),
      ),
    );
  return rows.flatMap((row) => row.name ?? []);
}

type Statement = typeof statements.$inferSelect;

/** Statements about a person: those of days name them, those of one meeting have their user id or name. */
export async function statementsAbout(
  orm: Pick<Orm, "select" | "selectDistinct">,
  person: WholePerson,
): Promise<Pick<Statement, "id" | "facts" | "madeAt" | "madeBy">[]> {
  const whose = sql`${statements.facts} -> 'person'`;
  const roomIds = orm
    .selectDistinct({ id: meetings.roomId })
    .from(attendances)
    .innerJoin(meetings, eq(meetings.id, attendances.meetingId))
    .where(
      isOneOf(
        attendances.identity,
        person.parts.map(({ id }) => id),
      ),
    );
  const rows = await orm
    .select({
      ...{ id: statements.id, facts: statements.facts },
      ...{ madeAt: statements.madeAt, madeBy: statements.madeBy },
    })
    .from(statements)
    .where(
      and(
        isNotNull(statements.facts),
        or(
          sql`${whose} ->> 'id' = any(${list("text", person.ids)})`,
          sql`${statements.roomIds} && array(${roomIds})`,
        ),
      ),
    );
  return rows.filter(({ facts }) => facts !== null && isAbout(facts, person));
}

function isAbout({ person: { id, name, user_id } }: StatementFacts, person: WholePerson): boolean {
  if (id !== null) return person.ids.includes(id);
  if (user_id !== null && person.userIds.includes(user_id)) return true;
  const folded = foldName(name);
  return folded !== null && person.nameKeys.includes(folded);
}

/** Erases the facts of statements; their hashes stay. */
export async function eraseStatements(
  tx: Transaction,
  found: readonly Pick<Statement, "id">[],
  at: Ms,
): Promise<void> {
  await tx
    .update(statements)
    .set({ facts: null, erasedAt: at })
    .where(
      isOneOf(
        statements.id,
        found.map(({ id }) => id),
      ),
    );
}

/** Entries of the audit log that name a person: those about them, and those whose label has a name of theirs in it. */
export async function entriesNaming(
  orm: Pick<Orm, "select">,
  { ids, nameKeys }: WholePerson,
): Promise<NamingEntry[]> {
  const { id, aboutId, aboutKind, aboutLabel, whoLabel, words } = auditEntries;
  const rows = await orm
    .select({ id, aboutId, aboutKind, aboutLabel, whoLabel })
    .from(auditEntries)
    .where(
      and(
        isNotNull(aboutKind),
        // How a member or a key is called is not the person's.
        notInArray(aboutKind, ["member", "key", "source"]),
        or(isOneOf(aboutId, ids), ...nameKeys.map((name) => hasWords(words, name))),
      ),
    );
  return rows.filter((row) => {
    if (row.aboutId !== null && ids.includes(row.aboutId)) return true;
    const label = foldName(row.aboutLabel) ?? "";
    return nameKeys.some((name) => hasWhole(label, name));
  });
}

/** Takes the links of a person, and with whom they were said not to be one, away. Answers the links in force. */
export async function takeLinks(
  tx: Transaction,
  ids: readonly string[],
): Promise<{ one: string; other: string; by: string; at: Ms }[]> {
  const isTheirs = or(isOneOf(peopleLinks.one, ids), isOneOf(peopleLinks.other, ids));
  const links = await tx.delete(peopleLinks).where(isTheirs).returning();
  await tx
    .delete(peopleApart)
    .where(or(isOneOf(peopleApart.one, ids), isOneOf(peopleApart.other, ids)));
  return links
    .filter(({ undoneAt }) => undoneAt === null)
    .map(({ one, other, by, at }) => ({ one, other, by, at }));
}

/** Rooms, scheduled meetings and class lists whose titles have one of these names in them: these are not erased. */
export async function titlesNaming(reader: Reader, nameKeys: readonly string[]): Promise<number> {
  if (nameKeys.length === 0) return 0;
  const has = (texts: readonly (string | null)[]) => {
    const text = texts.map((one) => foldName(one) ?? "").join("\n");
    return nameKeys.some((name) => hasWhole(text, name));
  };
  const found = await reader
    .select({ key: rooms.key, title: rooms.title })
    .from(rooms)
    .where(or(...nameKeys.map((name) => hasWords(rooms.words, name))));
  const planned = await reader
    .select({ title: scheduledMeetings.title })
    .from(scheduledMeetings)
    .where(or(...nameKeys.map((name) => hasWords(scheduledMeetings.words, name))));
  const lists = await reader.select({ name: classLists.name }).from(classLists);
  const repeated = await reader.select({ title: repetitions.title }).from(repetitions);
  return [
    ...found.map(({ key, title }) => [key, title]),
    ...planned.map(({ title }) => [title]),
    ...lists.map(({ name }) => [name]),
    ...repeated.map(({ title }) => [title]),
  ].filter(has).length;
}

/** Takes the person's names out of those that their sources say are no note-taker's. */
export async function forgetNoteTakers(
  tx: Transaction,
  sourceIds: readonly string[],
  nameKeys: readonly string[],
): Promise<void> {
  const rows = await tx
    .select({ id: sources.id, noteTakers: sources.noteTakers })
    .from(sources)
    .where(isOneOf(sources.id, sourceIds));
  for (const { id, noteTakers } of rows) {
    const kept = noteTakers.filter(
      (phrase) => !phrase.startsWith("-") || !nameKeys.includes(foldName(phrase.slice(1)) ?? ""),
    );
    if (kept.length < noteTakers.length) {
      await tx.update(sources).set({ noteTakers: kept }).where(eq(sources.id, id));
    }
  }
}
