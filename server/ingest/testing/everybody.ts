import { sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";

interface Law extends Record<string, unknown> {
  kept: unknown;
  counted: unknown;
}

/**
 * Whose row in `people`, or whose names in `aliases`, are not what is counted from their attendances. Written
 * apart from the recorder's own counting. Joined people are left out.
 */
export async function miscounted({ orm }: Database): Promise<Law[]> {
  return orm.execute<Law>(sql`
    with counted as (
      select identity as id, jsonb_build_object(
        'first', min(first_at), 'last', max(first_at), 'meetings', count(distinct meeting_id),
        'rows', count(*), 'attended', sum(attended_ms), 'open', count(open_since),
        'since', coalesce(sum(open_since), 0), 'waits', sum(jsonb_array_length(waits)),
        'admitted', sum((select count(*) from jsonb_array_elements(waits) w
          where w ->> 'outcome' = 'admitted')),
        'waited', sum((select coalesce(sum((w ->> 'endedAt')::bigint - (w ->> 'startedAt')::bigint), 0)
          from jsonb_array_elements(waits) w where w ->> 'outcome' = 'admitted')),
        'name', (array_agg(name order by first_at desc, name collate "C" desc)
          filter (where name_key is not null))[1]) as figures
      from attendances where identity is not null group by identity
    ), kept as (
      select id, jsonb_build_object(
        'first', first_at, 'last', last_at, 'meetings', meetings, 'rows', meetings + namesakes,
        'attended', attended_ms, 'open', open_count, 'since', open_sum, 'waits', wait_count,
        'admitted', admitted_count, 'waited', admitted_ms, 'name', name) as figures
      from people where known_by <> 'joined' and (meetings > 0 or part_of is null)
    ), called as (
      select identity as id, name_key, jsonb_build_object(
        'first', min(first_at), 'last', max(first_at), 'meetings', count(distinct meeting_id),
        'name', (array_agg(name order by first_at desc, name collate "C" desc))[1]) as figures
      from attendances where identity is not null and name_key is not null group by 1, 2
    ), known as (
      select identity as id, name_key, jsonb_build_object(
        'first', first_at, 'last', last_at, 'meetings', meetings, 'name', name) as figures
      from aliases
    )
    select id, k.figures as kept, c.figures as counted
    from kept k full join counted c using (id) where k.figures is distinct from c.figures
    union all
    select id, k.figures, c.figures
    from known k full join called c using (id, name_key) where k.figures is distinct from c.figures`);
}
