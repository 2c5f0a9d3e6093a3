import { randomBytes } from "node:crypto";
import { parse as parseArray } from "postgres-array";
import type { Snapshot } from "#db/backup/snapshot.ts";
import type { Ms } from "#domain/time/ms.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import type { BackupHead, TableContent } from "#server/backup/frames.ts";
import { MadeUp } from "./made-up.ts";
import { lineOf, rowsIn, type WrittenRow } from "./rows.ts";
import { EXPORTED, type Making } from "./tables.ts";

/** The content of a backup file in which everything is made up that may say who, where or what for. */
export interface MadeUpExport {
  head: BackupHead;
  tables: TableContent[];
  /** What was made up, once the rows are read. */
  counts: Making["counts"];
}

const KEY_BYTES = 32;
const SECRET_BYTES = 32;

/**
 * Makes everything up that a snapshot has. The key by which it is made up is used once and forgotten: nobody can make
 * up the same again to compare. The secret of the file is a new one, because no secret of a source is in it.
 */
export async function madeUpExport(snapshot: Snapshot, at: Ms): Promise<MadeUpExport> {
  const of = (name: string) => {
    const table = snapshot.tables.find((one) => one.name === name);
    if (table === undefined) throw new Error(`there is no table ${name}`);
    return { table, rows: rowsIn(snapshot.rowsOf(table), table.columns) };
  };
  const providers = new Map<string, string>();
  const noteTakers: string[] = [];
  for await (const row of of("sources").rows) {
    providers.set(row["id"] ?? "", row["provider"] ?? "");
    noteTakers.push(...parseArray(row["note_takers"] ?? "{}"));
  }
  const ids = new Set<string>();
  const columns = ["participant_id"];
  for await (const row of rowsIn(snapshot.rowsOf({ name: "events", columns }), columns)) {
    if (row["participant_id"] != null) ids.add(row["participant_id"]);
  }
  const madeUp = new MadeUp(randomBytes(KEY_BYTES), [...ids].toSorted(byCode), noteTakers);
  const making: Making = { madeUp, providers, at, counts: { bodies: 0, bodiesLeftOut: 0 } };
  const { schema, postgres, months, sequences } = snapshot;
  const exported = snapshot.tables.filter(({ name }) => Object.hasOwn(EXPORTED, name));
  return {
    head: {
      ...{ made_at: toWireTime(at), schema, postgres, months, sequences, settings: {} },
      secret: randomBytes(SECRET_BYTES).toString("base64"),
    },
    tables: exported.map(({ name }) => ({ table: tableOf(name), rows: linesOf(name, making) })),
    counts: making.counts,
  };

  async function* linesOf(name: string, how: Making): AsyncGenerator<Uint8Array> {
    const own = tableOf(name);
    for await (const row of of(name).rows) yield lineOf(madeUpRow(name, row, how), own.columns);
  }

  /** Without the columns that are not in the file, which have their defaults. */
  function tableOf(name: string) {
    return { name, columns: exportedColumns(name) };
  }
}

/** The columns of a table that are in the file. */
function exportedColumns(name: string): string[] {
  const { columns = {}, also = [] } = EXPORTED[name] ?? {};
  return [...Object.keys(columns), ...also];
}

function madeUpRow(name: string, row: WrittenRow, making: Making): WrittenRow {
  const { columns = {}, whole } = EXPORTED[name] ?? {};
  const made: WrittenRow = Object.fromEntries(
    Object.entries(columns).map(([column, how]) => {
      const value = row[column] ?? null;
      return [column, value === null || how === "keep" ? value : how(value, making, row)];
    }),
  );
  return whole === undefined ? made : whole(row, made, making);
}

function byCode(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
