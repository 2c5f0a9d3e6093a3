import { rememberColumns, storedColumns } from "#db/sources/imports/import-columns.ts";
import type { Orm } from "#db/sql/orm.ts";
import { COLUMN_WORDS, type ColumnWord } from "#domain/sources/imports/imports.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { Meaning } from "#server/providers/import/headings.ts";
import { plain } from "#server/providers/import/lexicon.ts";
import { type ColumnChoices, type FileTable, type Mapping, printOf } from "./table.ts";

/** The meanings that an operator chooses for columns, by their names. */
export type ChosenColumns = Readonly<Record<string, ColumnWord>>;

function isColumnWord(word: string): word is ColumnWord {
  return Object.hasOwn(COLUMN_WORDS, word);
}

const MISTAKE = `columns are as Nama=name,Masuk=joined, each one of ${Object.keys(COLUMN_WORDS).join(", ")}`;

/** A choice of columns that cannot be read. */
export class BadColumns {
  readonly mistake = MISTAKE;
}

/**
 * Reads `Nama=name, Masuk=joined`, or the same as a JSON object. Returns `BadColumns` where it cannot be read.
 */
export function columnsIn(text: string): ChosenColumns | BadColumns {
  const pairs = text.trimStart().startsWith("{") ? pairsInJson(text) : pairsInList(text);
  if (pairs === null || pairs.length === 0) return new BadColumns();
  const chosen = new Map<string, ColumnWord>();
  for (const [column, written] of pairs) {
    const word = written.trim().toLowerCase();
    if (column.trim() === "" || !isColumnWord(word)) return new BadColumns();
    chosen.set(column.trim(), word);
  }
  return Object.fromEntries(chosen);
}

function pairsInJson(text: string): [string, string][] | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) return null;
    return Object.entries(value).map(([column, word]) => [column, String(word)]);
  } catch {
    return null;
  }
}

function pairsInList(text: string): [string, string][] {
  const pairs: [string, string][] = [];
  let before = "";
  for (const part of text.split(",")) {
    const at = part.lastIndexOf("=");
    // A heading may have a comma in it: it ends with the next equals sign.
    if (at === -1) {
      before += `${part},`;
      continue;
    }
    pairs.push([before + part.slice(0, at), part.slice(at + 1)]);
    before = "";
  }
  return before === "" ? pairs : [...pairs, [before, ""]];
}

/** The meanings chosen with this file, and those stored from earlier files. */
export async function chosenColumnsOf(
  orm: Pick<Orm, "select">,
  given: ChosenColumns | null,
): Promise<ColumnChoices> {
  const remembered = new Map<string, Mapping>();
  for (const { headings, columns } of await storedColumns(orm)) {
    remembered.set(headings, mappingOf(columns));
  }
  return { given: given && mappingOf(given), remembered };
}

function mappingOf(columns: Readonly<Record<string, string>>): Mapping {
  return new Map(
    Object.entries(columns).flatMap(([column, word]): [string, Meaning][] =>
      isColumnWord(word) ? [[plain(column), COLUMN_WORDS[word]]] : [],
    ),
  );
}

/** Stores the meanings chosen with a file, for each line of column names that they apply to. */
export async function remember(
  orm: Pick<Orm, "insert">,
  choice: { columns: ChosenColumns | null; tables: readonly FileTable[]; by: string; at: Ms },
): Promise<void> {
  const { columns, tables, by, at } = choice;
  if (columns === null) return;
  const namesByKey = new Map(Object.keys(columns).map((column) => [plain(column), column]));
  for (const table of tables) {
    const own = table.columns.flatMap((column) => namesByKey.get(plain(column)) ?? []);
    if (own.length === 0 || table.line === null) continue;
    const chosen = Object.fromEntries(own.map((column) => [column, columns[column] ?? "ignore"]));
    await rememberColumns(orm, { headings: printOf(table.columns), columns: chosen, by, at });
  }
}
