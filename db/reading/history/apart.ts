import { sql } from "drizzle-orm";
import { list } from "#db/array.ts";
import type { Reader } from "#db/reading/meeting.ts";
import type { Ms } from "#domain/event.ts";
import type { Apart, SaidApart } from "#domain/history/people.ts";
import { identitiesOf } from "./person.ts";

/** Where in the list of those who are not the same a word stands. */
export interface ApartPlace {
  direction: "next" | "previous";
  at: Ms;
  id: string;
}

interface ApartRow extends Record<string, unknown> {
  id: string;
  one: string;
  other: string;
  by: string;
  at: Ms;
}

const COLUMNS = sql.raw("x.id, x.one, x.other, x.by, x.at");

/** Pairs that operators said are not the same, newest first (before a place: nearest first). Two statements. */
export async function listApart(
  reader: Reader,
  from: ApartPlace | null,
  limit: number,
): Promise<Apart[]> {
  const back = from?.direction === "previous";
  const direction = sql.raw(back ? "asc" : "desc");
  const behind =
    from === null
      ? sql``
      : sql`and (x.at, x.id) ${sql.raw(back ? ">" : "<")} (${from.at}::bigint, ${from.id}::uuid)`;
  const rows = await reader.execute<ApartRow>(sql`
    select ${COLUMNS} from people_apart x where x.undone_at is null ${behind}
    order by x.at ${direction}, x.id ${direction} limit ${limit}`);
  return named(reader, rows);
}

/** The newest of them. */
export async function readApart(reader: Reader, most: number): Promise<SaidApart> {
  const found = await listApart(reader, null, most + 1);
  return { pairs: found.slice(0, most), isMore: found.length > most };
}

/** Those that one of these identities is in. Two statements. */
export async function apartOf(
  reader: Reader,
  ids: readonly string[],
  most: number,
): Promise<Apart[]> {
  const own = list("uuid", ids);
  const rows = await reader.execute<ApartRow>(sql`
    select ${COLUMNS} from people_apart x
    where x.undone_at is null and (x.one = any(${own}) or x.other = any(${own}))
    order by x.at desc, x.id desc limit ${most}`);
  return named(reader, rows);
}

async function named(reader: Reader, rows: readonly ApartRow[]): Promise<Apart[]> {
  const ids = rows.flatMap(({ one, other }) => [one, other]);
  const known = ids.length === 0 ? [] : await identitiesOf(reader, ids);
  const byId = new Map(known.map((one) => [one.id, one]));
  return rows.map(({ id, one, other, by, at }) => ({
    id,
    one: byId.get(one) ?? null,
    other: byId.get(other) ?? null,
    by,
    at,
  }));
}
