import { type Column, type GetColumnData, type SQL, sql } from "drizzle-orm";

type Field = Column | SQL | SQL.Aliased;
type Read<F extends Field> = F extends SQL<infer Value> | SQL.Aliased<infer Value>
  ? Value
  : F extends Column
    ? GetColumnData<F>
    : never;

/** SQL for a JSON object of columns and expressions, by the names of the fields. */
export function jsonObject<F extends Record<string, Field>>(
  fields: F,
): SQL<{ [Name in keyof F]: Read<F[Name]> }> {
  const members = Object.entries(fields).map(([name, of]) => sql`${sql.raw(`'${name}'`)}, ${of}`);
  return sql`json_build_object(${sql.join(members, sql`, `)})`;
}
