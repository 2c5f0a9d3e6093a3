import { getTableName, type Query, SQL } from "drizzle-orm";
import { dialect } from "#db/sql/dialect.ts";
import { isWhole, type Sight, sightKey } from "#domain/access/sight.ts";
import { PLACES, VISIBLE } from "./visible.ts";

/*
 * A statement, limited to a sight: it begins with the rows that are seen of each table it names, under the name of that
 * table. The rest is as it was, so a list of fifty is fifty of what is seen, and a count counts nothing else. PostgreSQL
 * puts those rows in the place of the table before it plans, with the values of the sight written out. Nothing is kept
 * of what is seen: a room that is added or titled is seen with the next statement.
 */

/** A statement that cannot be limited to what somebody sees. */
export class NotLimited extends Error {
  override name = "NotLimited";
}

/** The same statement over what is in a sight. Throws `NotLimited` for one that writes, or names a table otherwise. */
export function narrowed(query: Query, sight: Sight): Query {
  if (isWhole(sight)) return query;
  const { sql: text } = query;
  if (!/^\(*(?:select|with)\b/i.test(text) || WRITES.test(text)) {
    throw new NotLimited(`whoever sees a part cannot send: ${text.slice(0, 60)}`);
  }
  const bare = BARE.exec(text);
  if (bare !== null) throw new NotLimited(`a table is named without quotes: ${bare[0]}`);
  const own = commonTables(sight);
  const named = new Set<number>();
  for (const [, name = ""] of text.matchAll(QUOTED)) {
    const place = PLACES.get(name);
    if (place !== undefined) withWhatItNeeds(place, own, named);
  }
  const tables = [...named].toSorted((a, b) => a - b).map((place) => own[place]?.text);
  const all = tables.filter((one) => one !== null).join(", ");
  if (all === "") return query;
  const isWith = /^with\s+/i.exec(text);
  const rest = isWith === null ? ` ${text}` : `, ${text.slice(isWith[0].length)}`;
  return { ...query, sql: `with ${all}${rest}` };
}

const QUOTED = /"([a-z_]+)"/g;
const TABLES = [...PLACES.keys()].join("|");
const BARE = new RegExp(`\\b(?:from|join)\\s+(?:only\\s+)?(?:public\\.)?(?:${TABLES})\\b`, "i");
const WRITES = /\b(?:insert\s+into|update\s+"|delete\s+from|for\s+(?:no\s+key\s+)?update)\b/i;

interface CommonTable {
  /** `null` where all its rows are seen. */
  text: string | null;
  by: readonly number[];
}

/** Sights that are in use now. */
const MOST_SIGHTS = 500;
const texts = new Map<string, readonly CommonTable[]>();

function commonTables(sight: Sight): readonly CommonTable[] {
  const key = sightKey(sight);
  const existing = texts.get(key);
  if (existing !== undefined) return existing;
  if (texts.size >= MOST_SIGHTS) texts.clear();
  const made = VISIBLE.map(({ table, by, visible }): CommonTable => {
    const name = getTableName(table);
    const seen = visible(sight);
    const places = by.map((other) => PLACES.get(getTableName(other)) ?? -1);
    if (seen === "all") return { text: null, by: [] };
    const rows =
      "rows" in seen ? textOf(seen.rows) : `select * from "${name}" where ${textOf(seen.where)}`;
    return { text: `"${name}" as not materialized (${rows})`, by: places };
  });
  texts.set(key, made);
  return made;
}

/** With the values of the sight written out. */
function textOf(part: SQL): string {
  return dialect.sqlToQuery(new SQL([part]).inlineParams()).sql;
}

function withWhatItNeeds(place: number, own: readonly CommonTable[], into: Set<number>): void {
  if (into.has(place)) return;
  into.add(place);
  for (const other of own[place]?.by ?? []) withWhatItNeeds(other, own, into);
}
