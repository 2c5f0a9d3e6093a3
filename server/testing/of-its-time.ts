import type { Database, Sql } from "#db/connection/client.ts";

/*
 * Data as an earlier version would have written it: the rows of today, without what was not there yet, and in every table
 * that came later a row made from the types of its columns.
 */

/** What the first version remembered of meetings. */
const FIRST = ["sources", "rooms", "meetings", "attendances", "waits", "events"] as const;
const DAY = "2026-11-20T10:00:00Z";
const AT = Date.parse(DAY);

/** Puts the meetings of a database into one that is migrated up to the first migration. */
export async function putFirst(from: Database, into: Sql): Promise<void> {
  for (const table of FIRST) {
    const delivery = table === "events" ? ", delivery_id % 10000000000 as delivery_id" : "";
    const rows = await from.sql.unsafe<{ row: object }[]>(
      `select to_jsonb(t) - 'delivery_id' || to_jsonb(d) as row from ${table} t,
        lateral (select true as there ${delivery}) d`,
    );
    await insert(
      into,
      table,
      rows.map(({ row }) => row),
    );
  }
  // A delivery had its keys beside it, and a number that did not begin with its month.
  const deliveries = await from.sql<{ row: object }[]>`
    select to_jsonb(d) || to_jsonb(k) || jsonb_build_object('id', d.id % 10000000000) as row
    from deliveries d join delivery_keys k on k.delivery_id = d.id`;
  await insert(
    into,
    "deliveries",
    deliveries.map(({ row }) => row),
  );
  await into`select setval('deliveries_id_seq', 1000), setval('rooms_id_seq', 1000)`;
}

async function insert(into: Sql, table: string, rows: readonly object[]): Promise<void> {
  const columns = await columnsOf(into, table);
  // What had no value without a default gets it by being left out.
  for (const row of rows) {
    const given = new Map(Object.entries(row));
    const own = columns.filter(({ name }) => given.has(name)).map(({ name }) => `"${name}"`);
    await into.unsafe(
      `insert into ${table} (${own.join(", ")}) overriding system value
        select ${own.join(", ")} from jsonb_populate_record(null::${table}, $1::jsonb)`,
      [JSON.stringify(row)],
    );
  }
}

interface Column {
  name: string;
  type: string;
}

async function columnsOf(sql: Sql, table: string): Promise<Column[]> {
  return sql<Column[]>`
    select attname as name, format_type(atttypid, null) as type from pg_attribute
    where attrelid = ${table}::regclass and attnum > 0 and not attisdropped order by attnum`;
}

/**
 * Puts a row into every table that is empty, with this id for itself and for all it refers to; it has to be that of a
 * source. Returns these tables.
 */
export async function fillEmpty(sql: Sql, id: string): Promise<string[]> {
  const tables = await sql<{ name: string }[]>`
    select relname as name from pg_class where relnamespace = 'public'::regnamespace
      and relkind in ('r', 'p') and not relispartition order by 1`;
  const filled: string[] = [];
  let left: string[] = [];
  for (const { name } of tables) {
    const [row] = await sql.unsafe<{ any: boolean }[]>(
      `select exists (select from ${name}) as any`,
    );
    if (!row?.any) left.push(name);
  }
  // Those that refer to others come after these.
  for (let before = -1; left.length > 0 && left.length !== before; ) {
    before = left.length;
    const stayed: string[] = [];
    for (const name of left) {
      const done = await insert(sql, name, [await invented(sql, name, id)]).then(
        () => true,
        (error: unknown) => {
          if (error instanceof Error && error.message.includes("foreign key")) return false;
          throw error;
        },
      );
      (done ? filled : stayed).push(name);
    }
    left = stayed;
  }
  if (left.length > 0) throw new Error(`nothing could be put into ${left.join(", ")}`);
  return filled;
}

async function invented(sql: Sql, table: string, id: string): Promise<Record<string, unknown>> {
  const columns = await columnsOf(sql, table);
  return Object.fromEntries(columns.map((column) => [column.name, inventedFor(column, id)]));
}

function inventedFor({ name, type }: Column, id: string): unknown {
  switch (type) {
    case "uuid":
      return id;
    case "bigint":
      return /(^|_)id$/.test(name) ? 1 : AT;
    case "integer":
      return 1;
    case "boolean":
      return true;
    case "timestamp with time zone":
      return DAY;
    case "jsonb":
      return {};
    case "bytea":
      return "\\x00";
    case "text":
      return name === "series" ? "room:ward" : name;
    case "tsvector":
      return "'word'";
    default:
      if (type.endsWith("[]")) return [];
      throw new Error(`no value is known for ${name} of the type ${type}`);
  }
}
