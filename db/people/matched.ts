import { and, desc, eq, or, sql } from "drizzle-orm";
import { namesOf } from "#db/meetings/meeting-search.ts";
import { aliases, people } from "#db/schema/people.ts";
import { attendances } from "#db/schema/projected.ts";
import { unnested } from "#db/sql/batch.ts";
import { parts } from "#db/sql/dialect.ts";
import type { Reader } from "#db/sql/orm.ts";
import { hasWords } from "#db/sql/searching.ts";
import { standingFor } from "#db/sql/standing-for.ts";

/** The latest name of a person with the words of a text, and which of their identities had it. */
export interface NameMatched {
  person: string;
  identity: string;
  name: string;
}

/** The matching names of people, by the ids of their rows. One statement. */
export async function matchedNames(
  reader: Reader,
  ids: readonly string[],
  text: string,
): Promise<NameMatched[]> {
  const asked = unnested(
    "asked",
    { id: people.id },
    ids.map((id) => ({ id })),
  );
  const own = parts.select().from(aliases).where(eq(aliases.identity, people.id)).offset(0);
  const found = parts
    .select({ identity: aliases.identity, name: aliases.name })
    .from(people)
    .crossJoinLateral(standingFor(aliases, own))
    .where(
      and(
        or(eq(people.id, asked.of.id), eq(people.partOf, asked.of.id)),
        hasWords(aliases.words, text),
      ),
    )
    .orderBy(desc(aliases.lastAt), aliases.name)
    .limit(1)
    .as("found");
  return reader
    .select({ person: asked.of.id, identity: found.identity, name: found.name })
    .from(asked.from)
    .crossJoinLateral(found);
}

/** A person of a meeting who has a name with the words of a text: their name there, and the matching one. */
export interface AttendeeMatched {
  meetingId: string;
  called: string | null;
  name: string;
}

/** One person for each meeting, if need be by a name they have elsewhere. One statement. */
export async function matchedAttendees(
  reader: Reader,
  meetingIds: readonly string[],
  text: string,
): Promise<AttendeeMatched[]> {
  const asked = unnested(
    "asked",
    { id: attendances.meetingId },
    meetingIds.map((id) => ({ id })),
  );
  const fields = { name: aliases.name, nameKey: aliases.nameKey };
  const names = namesOf(fields, attendances.identity, hasWords(aliases.words, text)).as("names");
  const found = parts
    .select({ called: sql<string | null>`${attendances.name}`.as("called"), name: names.name })
    .from(attendances)
    .crossJoinLateral(names)
    .where(eq(attendances.meetingId, asked.of.id))
    .orderBy(
      sql`${names.nameKey} is distinct from ${attendances.nameKey}`,
      attendances.firstAt,
      attendances.personId,
      names.name,
    )
    .limit(1)
    .as("found");
  return reader
    .select({ meetingId: asked.of.id, called: found.called, name: found.name })
    .from(asked.from)
    .crossJoinLateral(found);
}
