import { SQL, StringChunk, sql } from "drizzle-orm";
import type { PgSelectConfig } from "drizzle-orm/pg-core";
import { instanceCheck } from "./instance-check.ts";
import { writeOut } from "./writing-out.ts";

/*
 * What a list selects is most of its statement, and the same each time: it is written out once.
 */

/** What a select selects; alone its columns do not say of which table they are. */
interface Selection {
  fields: readonly unknown[];
  isAlone: boolean;
  /** How often it was asked for until it was written out. */
  times: number;
  /** `null` where it is not written out, or not the same each time. */
  text: SQL | null;
}

/** Of those that begin with the same field, so many are remembered: others are made anew for each statement. */
const MOST = 16;

export class Selections {
  readonly #known = new WeakMap<object, Selection[]>();

  /** Builds a select; what it selects is taken as it was written out when the same was selected before. */
  build(config: PgSelectConfig, built: (config: PgSelectConfig) => SQL): SQL {
    const selection = this.#of(config);
    if (selection.text !== null) {
      return built({ ...config, fieldsFlat: [{ path: [], field: selection.text }] });
    }
    const select = built(config);
    if (selection.times === 2) selection.text = selectedIn(select);
    return select;
  }

  /** What is known of what a select selects, counting that it was asked for. */
  #of({ fields, joins }: Pick<PgSelectConfig, "fields" | "joins">): Selection {
    const values: readonly unknown[] = Object.values(fields);
    const isAlone = (joins?.length ?? 0) === 0;
    const fresh = { fields: values, isAlone, times: 1, text: null };
    const [first] = values;
    if (!isObject(first)) return fresh;
    const alike = this.#known.get(first) ?? [];
    const known = alike.find((one) => one.isAlone === isAlone && isSame(one.fields, values));
    if (known !== undefined) {
      known.times += 1;
      return known;
    }
    const once = alike.findIndex(({ times }) => times === 1);
    if (alike.length >= MOST && once >= 0) alike.splice(once, 1);
    if (alike.length < MOST) this.#known.set(first, [...alike, fresh]);
    return fresh;
  }
}

function isSame(left: readonly unknown[], right: readonly unknown[]): boolean {
  return left.length === right.length && left.every((value, index) => value === right[index]);
}

const isText = instanceCheck(StringChunk);
const isSql = instanceCheck(SQL);

/** What a select that Drizzle built selects, written out; `null` where values are in it. */
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
