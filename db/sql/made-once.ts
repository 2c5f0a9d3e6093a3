import { type SQL, sql } from "drizzle-orm";
import { dialect } from "./dialect.ts";
import type { Reader } from "./orm.ts";
import { textsAround } from "./writing-out.ts";

/*
 * The builder makes a statement of a list anew at every call, with its dozens of columns and all that joins them, which
 * takes longer than PostgreSQL takes for a page. But little of it differs from call to call: the conditions, and where
 * a page begins. Such a statement is made once for each form that these take.
 */

/** What differs from call to call: conditions, values and what else has parameters; `undefined` where there is none. */
type Slots = Readonly<Record<string, SQL | undefined>>;

/** A select, as `reader.select` builds it. */
interface Preparable<Rows> {
  prepare(name: string): { execute(values: Record<string, unknown>): Promise<Rows> };
}

/**
 * How a statement is planned: `once` for each connection where its plan does not depend on its parameters and takes
 * longer to make than to run, otherwise `anew` each time, with its values.
 */
export type Planning = "once" | "anew";
/** The name of a statement that is planned once; the driver prepares whatever has a name, and goes by its text. */
export const ONCE: Planning = "once";

/** So many forms of a statement are stored for each reader. */
const MOST = 200;

/**
 * A statement that `make` builds once for each reader, text of the slots and `form`, which decides how it is made and
 * is no parameter of it. Everything else it is made of must be the same each time.
 */
export function madeOnce<S extends { [Name in keyof S]: SQL | undefined }, Rows, F = undefined>(
  make: (reader: Reader, slots: S, form: F) => Preparable<Rows>,
): (
  reader: Reader,
  planning: Planning,
  slots: S,
  ...form: F extends undefined ? [] : [F]
) => Promise<Rows>;
export function madeOnce(
  make: (reader: Reader, slots: Slots, form: unknown) => Preparable<unknown>,
) {
  const statements = new WeakMap<Reader, Map<string, Prepared>>();
  return (reader: Reader, planning: Planning, slots: Slots, form?: unknown) => {
    const own = statements.get(reader) ?? new Map<string, Prepared>();
    statements.set(reader, own);
    const { key, values } = keyed(slots, `${planning} ${JSON.stringify(form)}`);
    const existing = own.get(key);
    const statement = existing ?? make(reader, opened(slots), form).prepare(planning);
    if (existing === undefined) {
      if (own.size >= MOST) own.clear();
      own.set(key, statement);
    }
    return statement.execute(values);
  };
}

type Prepared = ReturnType<Preparable<unknown>["prepare"]>;

/** The texts of slots after another text, and the values of their parameters, by the names of the placeholders. */
function keyed(slots: Slots, before: string): { key: string; values: Record<string, unknown> } {
  const values: Record<string, unknown> = {};
  let key = before;
  for (const [name, slot] of Object.entries(slots)) {
    key += `\n${name} `;
    if (slot === undefined) continue;
    const { sql: text, params } = dialect.sqlToQuery(slot);
    key += text;
    for (const [index, value] of params.entries()) values[nameOf(name, index)] = value;
  }
  return { key, values };
}

/** A value to be sent with a statement; `null` is none. */
export function value(sent: string | number): SQL;
export function value(sent: string | number | null): SQL | undefined;
export function value(sent: string | number | null): SQL | undefined {
  return sent === null ? undefined : sql`${sent}`;
}

function nameOf(slot: string, index: number): string {
  return `${slot} ${index}`;
}

/** The slots with placeholders for their parameters. */
function opened(slots: Slots): Slots {
  return Object.fromEntries(
    Object.entries(slots).map(([name, slot]) => [name, slot && withPlaceholders(name, slot)]),
  );
}

function withPlaceholders(name: string, slot: SQL): SQL {
  const [first = "", ...others] = textsAround(slot);
  const chunks = others.flatMap((text, index) => [
    sql.placeholder(nameOf(name, index)),
    sql.raw(text),
  ]);
  return sql.join([sql.raw(first), ...chunks]);
}
