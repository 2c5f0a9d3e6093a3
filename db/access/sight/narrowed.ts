import { getTableName, type Query, SQL } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import { dialect } from "#db/sql/dialect.ts";
import { nameOf } from "#db/sql/table-columns.ts";
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
  const named = new Set<number>();
  for (const [, name = ""] of text.matchAll(QUOTED)) {
    const place = PLACES.get(name);
    if (place !== undefined) withWhatItNeeds(place, named);
  }
  const key = sightKey(sight);
  const all = [...named]
    .toSorted((a, b) => a - b)
    .flatMap((place) => commonTable(place, text, sight, key) ?? [])
    .join(", ");
  if (all === "") return query;
  const isWith = /^with\s+/i.exec(text);
  const rest = isWith === null ? ` ${text}` : `, ${text.slice(isWith[0].length)}`;
  return { ...query, sql: `with ${all}${rest}` };
}

const QUOTED = /"([a-z_]+)"/g;
const TABLES = [...PLACES.keys()].join("|");
const BARE = new RegExp(`\\b(?:from|join)\\s+(?:only\\s+)?(?:public\\.)?(?:${TABLES})\\b`, "i");
const WRITES = /\b(?:insert\s+into|update\s+"|delete\s+from|for\s+(?:no\s+key\s+)?update)\b/i;

/** So many texts are remembered: some for each sight that is in use. */
const MOST_TEXTS = 5_000;
const texts = new Map<string, string | null>();

/** What is seen of a table, under its name; `null` where that is all of it. */
function commonTable(place: number, statement: string, sight: Sight, key: string): string | null {
  const of = VISIBLE[place];
  if (of === undefined) return null;
  const { table, visible, costly = [] } = of;
  const used = costly.map((columns) => isUsed(statement, table, columns));
  const name = `${place} ${used.join()} ${key}`;
  const existing = texts.get(name);
  if (existing !== undefined) return existing;
  if (texts.size >= MOST_TEXTS) texts.clear();
  const own = getTableName(table);
  const seen = visible(sight, (columns) => used[costly.indexOf(columns)] ?? true);
  const text =
    seen === "all"
      ? null
      : `"${own}" as not materialized (${"rows" in seen ? textOf(seen.rows) : `select * from "${own}" where ${textOf(seen.where)}`})`;
  texts.set(name, text);
  return text;
}

/** Whether a statement uses one of the columns of a table, under its name or another that it gives the table. */
function isUsed(statement: string, table: PgTable, columns: readonly PgColumn[]): boolean {
  const own = getTableName(table);
  const named = [...statement.matchAll(new RegExp(`"${own}"(?: as)? "(\\w+)"`, "g"))];
  const names = [own, ...named.map(([, name = ""]) => name)].join("|");
  const all = columns.map((column) => nameOf(column)).join("|");
  return new RegExp(`"?\\b(?:${names})"?\\."?(?:${all})\\b`).test(statement);
}

/** With the values of the sight written out. */
function textOf(part: SQL): string {
  return dialect.sqlToQuery(new SQL([part]).inlineParams()).sql;
}

function withWhatItNeeds(place: number, into: Set<number>): void {
  if (into.has(place)) return;
  into.add(place);
  for (const other of VISIBLE[place]?.by ?? []) {
    withWhatItNeeds(PLACES.get(getTableName(other)) ?? -1, into);
  }
}
