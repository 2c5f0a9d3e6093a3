import { and, eq, isNotNull, type SQL, sql } from "drizzle-orm";
import { mayFindByName } from "#db/access/sight/seeing.ts";
import { deliveries, events } from "#db/schema/facts.ts";
import { aliases, people } from "#db/schema/people.ts";
import { attendances } from "#db/schema/projected.ts";
import { unnested } from "#db/sql/batch.ts";
import { parts } from "#db/sql/dialect.ts";
import { hasWords } from "#db/sql/searching.ts";
import { isUuid } from "#domain/uuid.ts";

/*
 * Deliveries by what they are about. They are found through the events that were read from them, never by their
 * bodies: so a search costs what it finds, however many deliveries are kept.
 */

/** What leads to the ids of deliveries; `null` for whatever is not asked for. */
export interface FoundDeliveries {
  ids: readonly number[] | null;
  /** A name, a user id, or the id of a person over all meetings. */
  person: string | null;
}

/** The ids of deliveries as a relation; `null` where nothing leads to them. */
export function foundBy({ ids, person }: FoundDeliveries) {
  const each: SQL[] = [
    ...(ids === null ? [] : [idsGiven(ids)]),
    ...(person === null ? [] : [sql`${ofPerson(person)}`]),
  ];
  if (each.length === 0) return null;
  const all = sql.join(
    each.map((one) => sql`(${one})`),
    sql` intersect `,
  );
  return { from: sql`(${all}) as found (id)`, id: sql<number>`found.id` };
}

function idsGiven(ids: readonly number[]): SQL {
  const given = unnested(
    "given",
    { id: deliveries.id },
    ids.map((id) => ({ id })),
  );
  return sql`select ${given.of.id} as id from ${given.from}`;
}

/** Above so many people a text names nobody in particular. */
const MOST_PEOPLE = 200;

function ofPerson(person: string) {
  const identities = identitiesOf(person);
  return parts
    .selectDistinct({ id: sql<number>`${events.deliveryId}`.as("id") })
    .from(sql`(${identities}) named`)
    .innerJoin(attendances, sql`${attendances.identity} = named.id`)
    .innerJoin(
      events,
      and(
        eq(events.meetingId, attendances.meetingId),
        eq(events.personId, attendances.personId),
        isNotNull(events.deliveryId),
      ),
    );
}

function identitiesOf(person: string): SQL {
  const each: SQL[] = [];
  if (isUuid(person)) {
    each.push(sql`select ${person}::uuid as id`);
    each.push(sql`select ${people.id} from ${people} where ${people.partOf} = ${person}::uuid`);
  }
  if (mayFindByName()) {
    each.push(sql`select ${people.id} as id from ${people} where ${people.userId} = ${person}`);
    each.push(
      sql`(select ${aliases.identity} as id from ${aliases} where ${hasWords(aliases.words, person)}
        limit ${sql.raw(String(MOST_PEOPLE))})`,
    );
  }
  return each.length === 0 ? sql`select null::uuid as id` : sql.join(each, sql` union `);
}
