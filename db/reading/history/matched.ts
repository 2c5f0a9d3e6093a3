import { sql } from "drizzle-orm";
import { list } from "#db/array.ts";
import type { Reader } from "#db/reading/meeting.ts";
import { namesOf } from "#db/reading/meeting-search.ts";
import { hasWords } from "#db/searching.ts";

/** The name with the words of a text that somebody had last, and who of those they are had it. */
export interface NameMatched {
  person: string;
  identity: string;
  name: string;
}

/** Of people, by the ids of their rows. One statement. */
export async function matchedNames(
  reader: Reader,
  ids: readonly string[],
  text: string,
): Promise<NameMatched[]> {
  return reader.execute<NameMatched & Record<string, unknown>>(sql`
    select i.id as person, f.identity, f.name
    from unnest(${list("uuid", ids)}) as i (id) cross join lateral (
      select l.identity, l.name from people o cross join lateral (
        select * from aliases where identity = o.id offset 0
      ) l
      where (o.id = i.id or o.part_of = i.id) and ${hasWords(sql`l.words`, text)}
      order by l.last_at desc, l.name limit 1
    ) f`);
}

/** Who of a meeting has a name with the words of a text: what they were called there, and that name. */
export interface AttendeeMatched {
  meetingId: string;
  called: string | null;
  name: string;
}

/** Of each meeting one, if need be by a name they have elsewhere. One statement. */
export async function matchedAttendees(
  reader: Reader,
  meetingIds: readonly string[],
  text: string,
): Promise<AttendeeMatched[]> {
  const names = namesOf(sql`a.identity`, hasWords(sql`l.words`, text), sql`l.name, l.name_key`);
  return reader.execute<AttendeeMatched & Record<string, unknown>>(sql`
    select i.id as "meetingId", f.called, f.name
    from unnest(${list("uuid", meetingIds)}) as i (id) cross join lateral (
      select a.name as called, n.name from attendances a cross join lateral (${names}) n
      where a.meeting_id = i.id
      order by n.name_key is distinct from a.name_key, a.first_at, a.person_id, n.name limit 1
    ) f`);
}
