import { sql } from "drizzle-orm";
import type { Reader } from "#db/reading/meeting.ts";
import type { Suggested, Suggestion } from "#domain/history/people.ts";
import { KNOWN_AS } from "./people-figures.ts";

/** Of a name that very many have, nobody could look at every pair. */
const MOST_OF_A_NAME = 20;

interface Row extends Record<string, unknown> {
  nameKey: string;
  person: string;
  suggested: Suggested & { name: string };
}

/**
 * Who may be one, because they go or went by the same name and are not joined yet; two user ids of one source
 * are two people, whatever they are called. Of everybody the first
 * `most`, in the order of names, or of one person all. One statement, which reads names in order until it has
 * enough.
 */
export async function readSuggestions(
  reader: Reader,
  of: string | null,
  most: number,
): Promise<Suggestion[]> {
  const names =
    of === null
      ? sql`select l.name_key from aliases l join people p on p.id = l.identity
          group by l.name_key
          having count(*) > 1 and count(distinct coalesce(p.part_of, p.id)) > 1
            and (bool_or(p.known_by = 'name') or count(distinct p.source_id) > 1)
          order by l.name_key limit ${most}`
      : sql`select distinct l.name_key from aliases l join people p on p.id = l.identity
          where p.id = ${of}::uuid or p.part_of = ${of}::uuid limit ${most}`;
  const rows = await reader.execute<Row>(sql`
    select n.name_key as "nameKey", f.person, f.suggested
    from (${names}) n cross join lateral (
      select coalesce(o.part_of, o.id) as person,
        (${KNOWN_AS}::jsonb || jsonb_build_object('name', l.name, 'meetings', o.meetings,
          'lastAt', o.last_at)) as suggested
      from aliases l join people o on o.id = l.identity join sources c on c.id = o.source_id
      where l.name_key = n.name_key
      order by o.known_by = 'name', o.last_at desc, o.id limit ${MOST_OF_A_NAME}
    ) f
    order by n.name_key`);
  return [...Map.groupBy(rows, ({ nameKey }) => nameKey).values()]
    .flatMap((group) => pairsOf(group, of))
    .slice(0, most);
}

/** The first of a name with each of the others; of one person, that person with each. */
function pairsOf(group: readonly Row[], of: string | null): Suggestion[] {
  const first = group.find(({ person }) => of === null || person === of);
  if (first === undefined) return [];
  const seen = new Set([first.person]);
  return group.flatMap(({ person, suggested: other }) => {
    if (seen.has(person) || areTwo(first.suggested, other)) return [];
    seen.add(person);
    return { name: first.suggested.name, one: first.suggested, other };
  });
}

function areTwo(one: Suggested, other: Suggested): boolean {
  const bothKnown = one.knownBy === "user_id" && other.knownBy === "user_id";
  return bothKnown && one.source.id === other.source.id;
}
