import { getTableColumns, getTableName } from "drizzle-orm";
import { getTableConfig, type PgTable } from "drizzle-orm/pg-core";
import { VISIBLE } from "#db/access/sight/visible.ts";
import { nameOf } from "#db/sql/table-columns.ts";

/** A table as a backup has it: its name, and its columns in the order in which rows have them. */
export interface TableInBackup {
  name: string;
  columns: string[];
}

/** Every table of ours, each after those that it refers to: in this order all rows can be put back. */
export function tablesInOrder(): TableInBackup[] {
  const ordered = new Set<PgTable>();
  const add = (table: PgTable, above: readonly PgTable[]) => {
    if (ordered.has(table)) return;
    if (above.includes(table)) throw new Error(`tables refer to each other: ${names(above)}`);
    for (const key of getTableConfig(table).foreignKeys) {
      const { foreignTable } = key.reference();
      if (foreignTable !== table) add(foreignTable, [...above, table]);
    }
    ordered.add(table);
  };
  for (const { table } of VISIBLE) add(table, []);
  return [...ordered].map((table) => ({
    name: getTableName(table),
    columns: Object.values(getTableColumns(table))
      .filter(({ generated }) => generated === undefined)
      .map(nameOf),
  }));
}

function names(tables: readonly PgTable[]): string {
  return tables.map(getTableName).join(", ");
}

/** `"name" ("column", …)`, as COPY and INSERT want it. */
export function withColumns({ name, columns }: TableInBackup): string {
  return `${quoted(name)} (${columns.map(quoted).join(", ")})`;
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
