import { type SQL, sql } from "drizzle-orm";
import { list } from "#db/array.ts";
import { foldName } from "#domain/name.ts";

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

/** A text in the room, the title or a name: cheap to ask of a meeting that is looked at anyway. */
export function hasText(text: string): SQL {
  const like = patternOf(text);
  return sql`(r.key ilike ${like} or r.title ilike ${like} or exists (
    select from attendances a where a.meeting_id = m.id and a.name ilike ${like}))`;
}

/** The same, looked up wherever in the past it is: for a text that few have. */
export function isFoundByText(text: string): SQL {
  const like = patternOf(text);
  return sql`m.id = any(array(
    select meeting_id from attendances where name ilike ${like}
    union
    select of_room.id from rooms named join meetings of_room on of_room.room_id = named.id
    where named.key ilike ${like} or named.title ilike ${like}))`;
}

function patternOf(text: string): string {
  return `%${text.replace(/[\\%_]/g, "\\$&")}%`;
}
