import { type SQL, sql } from "drizzle-orm";
import { list } from "#db/array.ts";
import { hasWords } from "#db/searching.ts";
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
 * Meetings with the words of a text in the room and its title, or in a name of somebody who was there: also one
 * they had elsewhere, or that somebody has whom an operator said they are. One statement finds out whether few
 * have it: then these are looked up, else the meetings are looked through in the order of the list. Either way
 * it reads about so many rows, whatever the length of the past.
 */
export async function textCondition(reader: Reader, text: string): Promise<SQL> {
  const [named, called] = [hasWords(sql`r.words`, text), hasWords(sql`l.words`, text)];
  // As the database writes an array, and so it is handed back.
  const [found] = await reader.execute<{ ids: string | null }>(sql`
    with named as materialized (
      select l.identity from aliases l where ${called} limit ${RARE + 1}
    ), wanted as materialized (
      select identity from named
      union select o.id from named n join people p on p.id = n.identity
        join people o on o.part_of = p.part_of
    )
    select case when count(*) <= ${RARE} then coalesce(array_agg(distinct id), '{}')::text end as ids
    from (
      (select a.meeting_id as id from wanted w cross join lateral (
          select meeting_id from attendances where identity = w.identity limit ${RARE + 1}
        ) a limit ${RARE + 1})
      union all
      (select m.id from rooms r cross join lateral (
          select id from meetings where room_id = r.id and merged_into is null limit ${RARE + 1}
        ) m where ${named})
      limit ${RARE + 1}
    ) f`);
  const ids = found?.ids ?? null;
  if (ids !== null) return sql`m.id = any(${ids}::uuid[])`;
  return sql`(${named} or exists (
    select from attendances a cross join lateral (${namesOf(sql`a.identity`, called)} limit 1) f
    where a.meeting_id = m.id))`;
}

/** The names `l` that meet a condition, of an identity and of all that are one with it. */
export function namesOf(identity: SQL, condition: SQL, columns: SQL = sql``): SQL {
  return sql`
    select ${columns} from (
      select * from aliases where identity = ${identity}
      union all
      select b.* from people p join people o on o.part_of = p.part_of and o.id <> p.id
        join aliases b on b.identity = o.id
      where p.id = ${identity} and p.part_of is not null
    ) l where ${condition}`;
}
