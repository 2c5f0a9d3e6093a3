import { and, asc, eq, isNotNull, type SQL, sql } from "drizzle-orm";
import { sources } from "#db/schema/accounts.ts";
import { deliveries } from "#db/schema/facts.ts";
import { list } from "#db/sql/array.ts";
import { parts } from "#db/sql/dialect.ts";
import type { DeliveryResult, DeliveryStatus } from "#domain/event/delivery.ts";

/*
 * A kind is a type with a status: a source has a few dozen. An index by kind has the deliveries of each in the order of
 * the list, so however seldom two filters both fit, nothing else is read: the kinds are merged from there.
 */

const STATUSES: readonly DeliveryStatus[] = ["recorded", "ignored", "unreadable"];

interface Narrowing {
  room: string | null;
  type: string | null;
  status: DeliveryResult | null;
}

/** The statuses by which kinds are narrowed; `null` where deliveries are found without kinds. */
function statusesIn({ room, type, status }: Narrowing): readonly DeliveryStatus[] | null {
  switch (status) {
    case "recorded":
    case "ignored":
      return [status];
    case "unreadable":
      return room === null && type === null ? null : [status];
    case "repeated":
    case "waiting":
      return null;
    case null:
      return room === null && type === null ? null : STATUSES;
    default:
      return status satisfies never;
  }
}

/**
 * The kinds of a source that a list is narrowed to, as `kinds (type, status)`, beside `sources`; `null` where they lead
 * to nothing more than the source does.
 */
export function kindsFor(narrowing: Narrowing): SQL | null {
  const statuses = statusesIn(narrowing);
  if (statuses === null) return null;
  const { room, type } = narrowing;
  const types = type === null ? typesOf(room) : sql`select ${type}::text`;
  return sql`(
    select types.type, statuses.status
    from (${types}) as types (type) cross join unnest(${list("text", statuses)}) as statuses (status)
    offset 0) as kinds`;
}

/** The types of a source, or of a room of it, with a null for what has none: each is looked up after the one before. */
function typesOf(room: string | null): SQL {
  const { type, sourceId } = deliveries;
  const next = (after: SQL | undefined) =>
    parts
      .select({ type })
      .from(deliveries)
      .where(
        and(
          eq(sourceId, sources.id),
          room === null ? undefined : eq(deliveries.room, room),
          isNotNull(type),
          after,
        ),
      )
      .orderBy(asc(type))
      .limit(1);
  return sql`
    with recursive found (type) as (
      (${next(undefined)})
      union all
      select following.type from found cross join lateral ${next(sql`${type} > found.type`)} as following)
    select type from found union all select null`;
}

const isOfStatus = sql`${deliveries.status} = kinds.status`;

/** Whether a delivery is of a kind, where that has a type, and where it has none. */
export const WITH_TYPE: SQL = sql`${deliveries.type} = kinds.type and ${isOfStatus}`;
export const WITHOUT_TYPE: SQL = sql`kinds.type is null and ${deliveries.type} is null and ${isOfStatus}`;
