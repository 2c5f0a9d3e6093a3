import { isDeepStrictEqual } from "node:util";
import { sql } from "drizzle-orm";
import type { Database } from "#db/connection/client.ts";
import { searchWords } from "#domain/identity/search.ts";

interface Miscount extends Record<string, unknown> {
  kept: unknown;
  counted: unknown;
}

/**
 * The rows of `people` and `aliases` that differ from what is counted from the attendances, by other code than the
 * product's own; without joined people. And the names and rooms that a search does not find. Of all sources, or of
 * one alone.
 */
export async function miscounted(
  database: Database,
  sourceId: string | null = null,
): Promise<Miscount[]> {
  return [...(await miscountedPeople(database, sourceId)), ...(await unfound(database, sourceId))];
}

/** Names and rooms whose stored search words are not exactly the words of their texts. */
export async function unfound(
  { orm }: Database,
  sourceId: string | null = null,
): Promise<Miscount[]> {
  const rows = await orm.execute<{ texts: (string | null)[]; words: string[] | null }>(sql`
    select jsonb_build_array(name_key) as texts, to_jsonb(tsvector_to_array(words)) as words
    from aliases where ${sourceId}::uuid is null or identity in (
      select id from people where source_id = ${sourceId}::uuid)
    union all
    select jsonb_build_array(key, title), to_jsonb(tsvector_to_array(words))
    from rooms where ${sourceId}::uuid is null or source_id = ${sourceId}::uuid`);
  return rows.flatMap(({ texts, words }) => {
    const expected = searchWords(...texts).toSorted();
    return words !== null && isDeepStrictEqual(words.toSorted(), expected)
      ? []
      : { kept: words, counted: expected };
  });
}

async function miscountedPeople({ orm }: Database, sourceId: string | null): Promise<Miscount[]> {
  return orm.execute<Miscount>(sql`
    with attended as (
      select a.* from attendances a
      where ${sourceId}::uuid is null or a.meeting_id in (
        select id from meetings where source_id = ${sourceId}::uuid)
    ), alike as (
      -- Of namesakes in one meeting what any of them attended counts once.
      select identity, meeting_id,
        range_agg(case when v is not null then int8range((v ->> 'joinedAt')::bigint,
          (v ->> 'leftAt')::bigint + s.grace_ms) end) as spans,
        min(s.grace_ms) as grace
      from attended a join meetings m on m.id = a.meeting_id join sources s on s.id = m.source_id
        left join lateral jsonb_array_elements(visits) v on true
      where identity is not null group by identity, meeting_id
    ), together as (
      select identity, sum((
          select coalesce(sum(upper(span) - lower(span) - grace), 0) from unnest(spans) span
          where not upper_inf(span)
        )) as attended,
        sum((select count(*) from unnest(spans) span where upper_inf(span))) as open,
        sum((select coalesce(sum(lower(span)), 0) from unnest(spans) span where upper_inf(span)))
          as since
      from alike group by identity
    ), counted as (
      select identity as id, jsonb_build_object(
        'first', min(first_at), 'last', max(first_at), 'meetings', count(distinct meeting_id),
        'rows', count(*), 'attended', min(t.attended), 'open', min(t.open), 'since', min(t.since),
        'unknown', sum(unknown_ms), 'waits', sum(jsonb_array_length(waits)),
        'admitted', sum((select count(*) from jsonb_array_elements(waits) w
          where w ->> 'outcome' = 'admitted')),
        'waited', sum((select coalesce(sum((w ->> 'endedAt')::bigint - (w ->> 'startedAt')::bigint), 0)
          from jsonb_array_elements(waits) w where w ->> 'outcome' = 'admitted')),
        'name', (array_agg(name order by first_at desc, name collate "C" desc)
          filter (where name_key is not null))[1]) as figures
      from attended join together t using (identity) where identity is not null group by identity
    ), kept as (
      select id, jsonb_build_object(
        'first', first_at, 'last', last_at, 'meetings', meetings, 'rows', meetings + namesakes,
        'attended', attended_ms, 'open', open_count, 'since', open_sum,
        'unknown', unknown_ms, 'waits', wait_count,
        'admitted', admitted_count, 'waited', admitted_ms, 'name', name) as figures
      from people where known_by <> 'joined' and (meetings > 0 or part_of is null)
        and (${sourceId}::uuid is null or source_id = ${sourceId}::uuid)
    ), called as (
      select identity as id, name_key, jsonb_build_object(
        'first', min(first_at), 'last', max(first_at), 'meetings', count(distinct meeting_id),
        'name', (array_agg(name order by first_at desc, name collate "C" desc))[1]) as figures
      from attended where identity is not null and name_key is not null group by 1, 2
    ), known as (
      select identity as id, name_key, jsonb_build_object(
        'first', first_at, 'last', last_at, 'meetings', meetings, 'name', name) as figures
      from aliases where ${sourceId}::uuid is null or identity in (
        select id from people where source_id = ${sourceId}::uuid)
    )
    select id, k.figures as kept, c.figures as counted
    from kept k full join counted c using (id) where k.figures is distinct from c.figures
    union all
    select id, k.figures, c.figures
    from known k full join called c using (id, name_key) where k.figures is distinct from c.figures`);
}
