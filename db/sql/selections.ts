import { SQL, StringChunk, sql } from "drizzle-orm";
import type { PgSelectConfig } from "drizzle-orm/pg-core";
import { instanceCheck } from "./instance-check.ts";
import { writeOut } from "./writing-out.ts";

/*
 * The selected columns are most of the text of a list's statement, and the same each time: they are written
 * out once.
 */

/** The columns that a select selects; where it has one table only, Drizzle writes them without its name. */
interface Selection {
  fields: readonly unknown[];
  isAlone: boolean;
  /** How often it was built before it was written out. */
  times: number;
  /** `null` where it is not written out, or contains parameters. */
  text: SQL | null;
}

/** Selections that begin with the same field: only so many are stored, others are built anew for each statement. */
const MOST = 16;

export class Selections {
  readonly #selections = new WeakMap<object, Selection[]>();

  /** Builds a select; its columns are taken as they were written out when the same were selected before. */
  build(config: PgSelectConfig, built: (config: PgSelectConfig) => SQL): SQL {
    const selection = this.#of(config);
    if (selection.text !== null) {
      return built({ ...config, fieldsFlat: [{ path: [], field: selection.text }] });
    }
    const select = built(config);
    if (selection.times === 2) selection.text = selectedIn(select);
    return select;
  }

  /** The stored selection of a select, counting this use. */
  #of({ fields, joins }: Pick<PgSelectConfig, "fields" | "joins">): Selection {
    const values: readonly unknown[] = Object.values(fields);
    const isAlone = (joins?.length ?? 0) === 0;
    const fresh = { fields: values, isAlone, times: 1, text: null };
    const [first] = values;
    if (!isObject(first)) return fresh;
    const alike = this.#selections.get(first) ?? [];
    const existing = alike.find((one) => one.isAlone === isAlone && isSame(one.fields, values));
    if (existing !== undefined) {
      existing.times += 1;
      return existing;
    }
    const once = alike.findIndex(({ times }) => times === 1);
    if (alike.length >= MOST && once >= 0) alike.splice(once, 1);
    if (alike.length < MOST) this.#selections.set(first, [...alike, fresh]);
    return fresh;
  }
}

function isSame(left: readonly unknown[], right: readonly unknown[]): boolean {
  return left.length === right.length && left.every((value, index) => value === right[index]);
}

const isText = instanceCheck(StringChunk);
const isSql = instanceCheck(SQL);

/** The columns of a select that Drizzle built, written out; `null` where they contain parameters. */
function selectedIn({ queryChunks }: SQL): SQL | null {
  const before = queryChunks.findIndex((chunk) => textOf(chunk) === " ");
  const selected: unknown = queryChunks[before + 1];
  if (!isObject(selected) || !isSql(selected)) return null;
  if (before < 0 || textOf(queryChunks[before + 2]) !== " from ") return null;
  const { sql: text, params } = writeOut(selected);
  return params.length === 0 ? sql.raw(text) : null;
}

function textOf(chunk: unknown): string | null {
  return isObject(chunk) && isText(chunk) ? chunk.value.join("") : null;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
