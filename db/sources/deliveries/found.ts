import { and, isNotNull, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { mayFindByName } from "#db/access/sight/seeing.ts";
import { isTheirs } from "#db/recording/theirs.ts";
import { deliveries, events, unprojected } from "#db/schema/facts.ts";
import { aliases, people } from "#db/schema/people.ts";
import { attendances } from "#db/schema/projected.ts";
import { unnested } from "#db/sql/batch.ts";
import { parts } from "#db/sql/dialect.ts";
import { hasWords } from "#db/sql/searching.ts";
import type { DeliveryResult } from "#domain/event/delivery.ts";
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
  status: DeliveryResult | null;
}

/** What leads to deliveries, as a relation of their ids in an order. */
export interface Found {
  from: SQL;
  id: SQL<number>;
}

/**
 * The ids of deliveries in an order, among those of which a condition holds; `null` where nothing leads to them.
 */
export function foundBy(
  { ids, person, status }: FoundDeliveries,
  direction: (id: SQL) => SQL,
  within: (id: SQLWrapper) => readonly SQL[],
): Found | null {
  const each: SQL[] = [
    ...(ids === null ? [] : [idsGiven(ids, within)]),
    ...(person === null ? [] : [sql`${ofPerson(person, within)}`]),
    ...(status === "waiting" ? [sql`${notProjected(within)}`] : []),
  ];
  if (each.length === 0) return null;
  const all = sql.join(
    each.map((one) => sql`(${one})`),
    sql` intersect `,
  );
  const id = sql<number>`found.id`;
  return {
    from: sql`(select id from (${all}) as found (id) order by ${direction(id)} offset 0) as found`,
    id,
  };
}

function idsGiven(ids: readonly number[], within: (id: SQLWrapper) => readonly SQL[]): SQL {
  const given = unnested(
    "given",
    { id: deliveries.id },
    ids.map((id) => ({ id })),
  );
  const isWithin = and(sql`true`, ...within(given.of.id));
  return sql`select ${given.of.id} as id from ${given.from} where ${isWithin}`;
}

/** Above so many people a text names nobody in particular. */
const MOST_PEOPLE = 200;

function notProjected(within: (id: SQLWrapper) => readonly SQL[]) {
  const { deliveryId } = unprojected;
  return parts
    .select({ id: deliveryId })
    .from(unprojected)
    .where(and(...within(deliveryId)));
}

function ofPerson(person: string, within: (id: SQLWrapper) => readonly SQL[]) {
  const identities = identitiesOf(person);
  // Meeting by meeting, the events of their connections alone: a planner that may join otherwise reads all events of
  // each meeting, or all there are.
  const told = parts
    .select({ id: sql<number>`${events.deliveryId}`.as("told_by") })
    .from(events)
    .where(and(isTheirs(), isNotNull(events.deliveryId), ...within(events.deliveryId)))
    .offset(0)
    .as("told");
  return parts
    .selectDistinct({ id: told.id })
    .from(sql`(${identities}) named`)
    .innerJoin(attendances, sql`${attendances.identity} = named.id`)
    .crossJoinLateral(told);
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
