import { getTableColumns, type SQL, sql } from "drizzle-orm";
import { alias, type PgColumn, type PgTable } from "drizzle-orm/pg-core";
import { people } from "#db/schema/people.ts";
import { attendances, rooms } from "#db/schema/projected.ts";
import { list } from "#db/sql/array.ts";
import { named } from "#db/sql/table-columns.ts";
import { likePattern, type Sight } from "#domain/access/sight.ts";

/** Rows of a table that are in a sight: a condition, a whole statement, or all of them. */
export type Visible = { where: SQL } | { rows: SQL } | "all";

export interface OfTable {
  table: PgTable;
  /** The tables further up that it is said by. */
  by: readonly PgTable[];
  visible: (sight: Sight, uses: Uses) => Visible;
  /** Columns that are made with effort: what is seen is said otherwise where a statement uses none of them. */
  costly?: readonly (readonly PgColumn[])[];
}

/** Whether a statement uses any of some columns of the table. */
export type Uses = (columns: readonly PgColumn[]) => boolean;

export const NONE: Visible = { where: sql`false` };
export const none = () => NONE;
export const hidden = (table: PgTable): OfTable => ({ table, by: [], visible: none });
export const all = () => "all" as const;

/** In sources that are seen, where nothing is known of rooms: nothing of it is seen by who sees only some rooms. */
export const ofSource =
  (of: SQL) =>
  ({ sources: ids, rooms: patterns }: Sight): Visible => {
    if (patterns !== null) return NONE;
    return ids === null ? "all" : { where: isOf(of, ids) };
  };

export function isOf(source: SQL, ids: readonly string[]): SQL {
  return sql`${source} = any(${list("uuid", ids)})`;
}

export function fitting(texts: readonly SQL[], patterns: readonly string[]): SQL {
  const like = list("text", patterns.map(likePattern));
  return sql`(${sql.join(
    texts.map((text) => sql`${text} like any(${like})`),
    sql` or `,
  )})`;
}

export function every(conditions: readonly (SQL | null)[]): Visible {
  const own = conditions.filter((condition) => condition !== null);
  return own.length === 0 ? "all" : { where: sql.join(own, sql` and `) };
}

/** With rows of another table that is limited itself. */
export const within = (condition: SQL) => (sight: Sight) =>
  isAllRooms(sight) ? ("all" as const) : { where: condition };

export function isAllRooms({ sources: ids, rooms: patterns }: Sight): boolean {
  return ids === null && patterns === null;
}

export const IN_ROOMS = sql`select ${rooms.sourceId}, ${rooms.key} from ${rooms}`;

/** Whether somebody, or a part of a joined person, was in a meeting that is seen. */
export function isMet(id: SQL): SQL {
  const { identity } = attendances;
  const part = alias(people, "met_part");
  return sql`(exists (select 1 from ${attendances} where ${identity} = ${id})
    or exists (select 1 from ${people} met_part join ${attendances} on ${identity} = ${part.id}
      where ${part.partOf} = ${id}))`;
}

/** Their names, which a search finds, and in which order they are listed, where these may not be seen. */
export const WORDLESS = sql`null::tsvector`;

/** The same columns, some of them otherwise. */
export function columns(table: PgTable, otherwise: Readonly<Record<string, SQL>>): SQL {
  const each = Object.entries(getTableColumns(table)).map(([name, column]) => {
    const other = otherwise[name];
    return other === undefined ? sql`${column}` : sql`${other} as ${named(column)}`;
  });
  return sql.join(each, sql`, `);
}

/** Rows without the words by which names are found, where names may not be seen. */
export function wordless(table: PgTable, visible: Visible, masked: boolean): Visible {
  if (!masked) return visible;
  const where = visible !== "all" && "where" in visible ? visible.where : sql`true`;
  return { rows: sql`select ${columns(table, { words: WORDLESS })} from ${table} where ${where}` };
}

/** The series of rooms that are seen, by the room or by its title. */
export const IN_SERIES = sql`select ${rooms.sourceId}, 'room:' || ${rooms.key} from ${rooms}
  union all select ${rooms.sourceId}, 'title:' || ${rooms.title} from ${rooms} where ${rooms.title} is not null`;
