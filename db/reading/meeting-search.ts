import { type SQL, sql } from "drizzle-orm";
import { list } from "#db/array.ts";
import { foldName } from "#domain/name.ts";
import type { Reader } from "./meeting.ts";

/*
 * What finds meetings by who was in them or what they are called, wherever in the past they lie. The
 * conditions are about `meetings m` and `rooms r`.
 */

/** Meetings of a person: of somebody's id, user id or name. */
export function personCondition(person: string): SQL {
  // Who is known to the provider is called by that; else their id is that of a connection.
  const userIds = person.startsWith(USER) ? [person, person.slice(USER.length)] : [person];
  const own: SQL[] = [
    sql`select meeting_id from attendances where user_id = any(${list("text", userIds)})`,
    sql`select meeting_id from attendances where name_key = ${foldName(person)}`,
  ];
  if (person.startsWith(CONNECTION)) {
    own.push(
      sql`select meeting_id from attendances where person_id = ${person} and user_id is null`,
    );
  }
  return sql`m.id in (${sql.join(own, sql` union all `)})`;
}

const USER = "u:";
const CONNECTION = "c:";

/** Above so many finds a text is so common that the newest meetings with it are soon found by looking. */
const RARE = 2_000;

/**
 * Meetings with a text in the room, the title or a name, written in whatever case. One statement finds out
 * whether few have it: then these are looked up, else the meetings are looked through in the order of the
 * list. Either way it reads about so many rows, whatever the length of the past.
 */
export async function textCondition(reader: Reader, text: string): Promise<SQL> {
  const [like, name] = [partOf(text), partOf(foldName(text) ?? text)];
  // As the database writes an array, and so it is handed back.
  const [found] = await reader.execute<{ ids: string | null }>(sql`
    select case when count(*) <= ${RARE} then coalesce(array_agg(distinct id), '{}')::text end as ids
    from (
      (select a.meeting_id as id from (
          select distinct name_key from aliases where name_key like ${name} limit ${RARE + 1}
        ) n cross join lateral (
          select meeting_id from attendances where name_key = n.name_key limit ${RARE + 1}
        ) a limit ${RARE + 1})
      union all
      (select m.id from rooms r cross join lateral (
          select id from meetings where room_id = r.id and merged_into is null limit ${RARE + 1}
        ) m where r.key ilike ${like} or r.title ilike ${like})
      limit ${RARE + 1}
    ) f`);
  const ids = found?.ids ?? null;
  if (ids !== null) return sql`m.id = any(${ids}::uuid[])`;
  return sql`(r.key ilike ${like} or r.title ilike ${like} or exists (
    select from attendances a where a.meeting_id = m.id and a.name_key like ${name}))`;
}

function partOf(text: string): string {
  return `%${text.replace(/[\\%_]/g, "\\$&")}%`;
}
