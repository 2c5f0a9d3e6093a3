import { or } from "drizzle-orm";
import type { Transaction } from "#db/connection/session.ts";
import { classListEntries, rosterAliases } from "#db/schema/class-lists.ts";
import { expectedPeople } from "#db/schema/operators.ts";
import { deleteAll, insertNew, isOneOf, updateAll } from "#db/sql/batch.ts";
import type { Orm } from "#db/sql/orm.ts";
import { wordsValue } from "#db/sql/searching.ts";
import { foldName } from "#domain/identity/name.ts";
import { entryKeys } from "#domain/scheduled/entry-key.ts";

/** What somebody is called by: their ids and addresses as they are, and their names folded. */
export interface CalledBy {
  ids: readonly string[];
  names: readonly string[];
}

/** What they are called in place of that. */
export interface CalledInstead {
  idOf: (id: string) => string;
  /** Of a folded name; of another one that they are listed under the first. */
  nameOf: (folded: string | null) => string;
}

/** A line of a roster: of a class list, or of a scheduled meeting. */
interface Line {
  rosterId: string;
  position: number;
  name: string | null;
  userId: string | null;
  email: string | null;
}

type Alias = typeof rosterAliases.$inferSelect;

/** What names a person on rosters. */
export interface OnRosters {
  /** All lines of the rosters that name them, by the roster. */
  scheduled: Map<string, Line[]>;
  lists: Map<string, Line[]>;
  aliases: Alias[];
  lines: { scheduled: Line[]; lists: Line[] };
}

/** The lines of rosters that name somebody, and what operators entered about these. Five statements. */
export async function rostersNaming(
  orm: Pick<Orm, "select" | "selectDistinct">,
  called: CalledBy,
): Promise<OnRosters> {
  const own = { value: rosterAliases.value, rosterId: rosterAliases.rosterId };
  const theirs = await orm
    .select(own)
    .from(rosterAliases)
    .where(isOneOf(rosterAliases.value, [...called.ids, ...called.names]));
  const aliased = [...new Set(theirs.map(({ rosterId }) => rosterId))];
  const [scheduledIds, listIds] = await Promise.all([
    orm
      .selectDistinct({ id: expectedPeople.scheduledId })
      .from(expectedPeople)
      .where(or(names(expectedPeople, called), isOneOf(expectedPeople.scheduledId, aliased))),
    orm
      .selectDistinct({ id: classListEntries.listId })
      .from(classListEntries)
      .where(or(names(classListEntries, called), isOneOf(classListEntries.listId, aliased))),
  ]);
  const idsOf = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);
  const rosterIds = [...idsOf(scheduledIds), ...idsOf(listIds)];
  const [expected, entries, aliases] = await Promise.all([
    orm
      .select({ ...LINE(expectedPeople), rosterId: expectedPeople.scheduledId })
      .from(expectedPeople)
      .where(isOneOf(expectedPeople.scheduledId, idsOf(scheduledIds))),
    orm
      .select({ ...LINE(classListEntries), rosterId: classListEntries.listId })
      .from(classListEntries)
      .where(isOneOf(classListEntries.listId, idsOf(listIds))),
    orm.select().from(rosterAliases).where(isOneOf(rosterAliases.rosterId, rosterIds)),
  ]);
  const [scheduled, lists] = [expected, entries].map((rows) =>
    Map.groupBy(rows, ({ rosterId }) => rosterId),
  );
  const naming = (rosters: Map<string, Line[]> | undefined) =>
    [...(rosters ?? [])].flatMap(([rosterId, lines]) =>
      namedLines(
        lines,
        aliases.filter((alias) => alias.rosterId === rosterId),
        called,
      ),
    );
  return {
    scheduled: scheduled ?? new Map(),
    lists: lists ?? new Map(),
    aliases,
    lines: { scheduled: naming(scheduled), lists: naming(lists) },
  };
}

const LINE = (of: typeof expectedPeople | typeof classListEntries) => ({
  position: of.position,
  name: of.name,
  userId: of.userId,
  email: of.email,
});

function names(of: typeof expectedPeople | typeof classListEntries, { ids, names }: CalledBy) {
  return or(isOneOf(of.userId, ids), isOneOf(of.email, ids), isOneOf(of.nameKey, names));
}

/**
 * The lines that are of the person: by their id or address, by a name where the line has no id of somebody else, or
 * because an operator said that the person is meant.
 */
function namedLines(
  lines: readonly Line[],
  aliases: readonly Alias[],
  { ids, names }: CalledBy,
): Line[] {
  const keys = entryKeys(lines);
  const meant = new Set(
    aliases
      .filter(({ knownBy, value }) => (knownBy === "user_id" ? ids : names).includes(value))
      .map(({ entry }) => entry),
  );
  return lines.filter(({ position, name, userId, email }) => {
    if (meant.has(keys.get(position) ?? "")) return true;
    if (userId !== null) return ids.includes(userId);
    if (email !== null && ids.includes(email)) return true;
    return names.includes(foldName(name) ?? "");
  });
}

/** Writes pseudonyms in the lines that name somebody, and in what was entered about these. */
export async function renameOnRosters(
  tx: Transaction,
  called: CalledBy,
  { idOf, nameOf }: CalledInstead,
): Promise<void> {
  const found = await rostersNaming(tx, called);
  const instead = (line: Line): Line => ({
    ...line,
    name: line.name === null ? null : nameOf(foldName(line.name)),
    userId: line.userId === null ? null : idOf(line.userId),
    email: null,
  });
  const values = ({ name, userId, email }: Line) => ({
    ...{ name, nameKey: foldName(name), words: wordsValue(name), userId, email },
  });
  await updateAll(
    tx,
    expectedPeople,
    found.lines.scheduled.map(instead).map((line) => ({
      ...{ scheduledId: line.rosterId, position: line.position, ...values(line) },
    })),
  );
  await updateAll(
    tx,
    classListEntries,
    found.lines.lists.map(instead).map((line) => ({
      ...{ listId: line.rosterId, position: line.position, ...values(line) },
    })),
  );
  await renameAliases(tx, found, called, { idOf, nameOf }, instead);
}

/** Lines are called by what is written in them, so what was entered about a line follows. */
async function renameAliases(
  tx: Transaction,
  { scheduled, lists, aliases, lines }: OnRosters,
  { ids, names }: CalledBy,
  { idOf, nameOf }: CalledInstead,
  instead: (line: Line) => Line,
): Promise<void> {
  const own = new Set<Line>([...lines.scheduled, ...lines.lists]);
  const keyAfter = new Map<string, string>();
  for (const [rosterId, roster] of [...scheduled, ...lists]) {
    const after = entryKeys(roster.map((line) => (own.has(line) ? instead(line) : line)));
    for (const [position, key] of entryKeys(roster)) {
      keyAfter.set(`${rosterId} ${key}`, after.get(position) ?? key);
    }
  }
  const moved = aliases.flatMap((alias) => {
    const isById = alias.knownBy === "user_id";
    const isTheirs = (isById ? ids : names).includes(alias.value);
    const value = isTheirs ? (isById ? idOf(alias.value) : nameOf(alias.value)) : alias.value;
    const seen = foldName(alias.seenAs);
    const isSeen = isTheirs || (seen !== null && names.includes(seen));
    const after = {
      ...alias,
      entry: keyAfter.get(`${alias.rosterId} ${alias.entry}`) ?? alias.entry,
      value: isById ? value : (foldName(value) ?? value),
      seenAs: isSeen && alias.seenAs !== null ? nameOf(seen) : alias.seenAs,
    };
    const isSame = after.entry === alias.entry && after.value === alias.value;
    return isSame && after.seenAs === alias.seenAs ? [] : [{ before: alias, after }];
  });
  await deleteAll(
    tx,
    rosterAliases,
    moved.map(({ before: { rosterId, knownBy, value } }) => ({ rosterId, knownBy, value })),
  );
  await insertNew(
    tx,
    rosterAliases,
    moved.map(({ after }) => after),
  );
}
