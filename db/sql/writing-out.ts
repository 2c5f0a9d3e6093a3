import {
  Column,
  getTableName,
  isSQLWrapper,
  Name,
  Param,
  Placeholder,
  type Query,
  SQL,
  StringChunk,
  Subquery,
  Table,
} from "drizzle-orm";
import { CasingCache } from "drizzle-orm/casing";
import { CASING } from "./casing.ts";
import { instanceCheck } from "./instance-check.ts";

/*
 * Writes statements out as Drizzle does, to the letter, in a third of the time: a page sends a dozen, and
 * writing one took longer than many take to run. Views, enums and schemas of Drizzle are not supported,
 * because we use none.
 */

/** The text of a statement, and its parameters. */
export function writeOut(statement: SQL): Query {
  const writing = new Writing();
  writing.add(statement, false);
  return { sql: writing.text, params: writing.params };
}

const isText = instanceCheck(StringChunk);
const isSql = instanceCheck(SQL);
const isColumn = instanceCheck(Column);
const isName = instanceCheck(Name);
const isParam = instanceCheck(Param);
const isAliased = instanceCheck(SQL.Aliased);
const isSubquery = instanceCheck(Subquery);
const isTable = instanceCheck(Table);
const isPlaceholder = instanceCheck(Placeholder);

/** The text of a statement before, between and after its parameters. */
export function textsAround(statement: SQL): string[] {
  const before: string[] = [];
  const writing = new Writing(before);
  writing.add(statement, false);
  return [...before, writing.text];
}

class Writing {
  text = "";
  readonly params: unknown[] = [];
  /** Takes the text before each parameter, where these are not written into it. */
  readonly #before: string[] | null;

  constructor(before: string[] | null = null) {
    this.#before = before;
  }

  add(part: unknown, isInline: boolean): void {
    if (part === undefined) return;
    if (typeof part !== "object" || part === null) this.#value(part, isInline);
    else if (isText(part)) for (const text of part.value) this.text += text;
    else if (isSql(part)) this.#all(part.queryChunks, isInline || part["shouldInlineParams"]);
    else if (isColumn(part)) this.text += columnText(part);
    else if (isName(part)) this.text += quoted(part.value);
    else if (isParam(part)) this.#param(part, isInline);
    else if (isAliased(part)) this.text += quoted(part.fieldAlias);
    else if (isSubquery(part)) this.#subquery(part, isInline);
    else if (isTable(part)) this.text += quoted(getTableName(part));
    else if (Array.isArray(part)) this.#list(part, isInline);
    else if (isPlaceholder(part)) this.#given(part);
    else if (isSQLWrapper(part)) this.#inBrackets(part.getSQL(), isInline);
    else this.#value(part, isInline);
  }

  #all(parts: readonly unknown[], isInline: boolean): void {
    for (const part of parts) this.add(part, isInline);
  }

  #inBrackets(part: SQL, isInline: boolean): void {
    this.text += "(";
    this.add(part, isInline);
    this.text += ")";
  }

  #list(parts: readonly unknown[], isInline: boolean): void {
    this.text += "(";
    for (const [index, part] of parts.entries()) {
      if (index > 0) this.text += ", ";
      this.add(part, isInline);
    }
    this.text += ")";
  }

  #subquery({ _: { sql, alias, isWith } }: Subquery, isInline: boolean): void {
    if (!isWith) {
      this.#inBrackets(sql, isInline);
      this.text += " ";
    }
    this.text += quoted(alias);
  }

  #param(param: Param, isInline: boolean): void {
    const { value, encoder } = param;
    if (typeof value === "object" && value !== null && isPlaceholder(value)) {
      this.#given(param);
      return;
    }
    const sent: unknown = value === null ? null : encoder.mapToDriverValue(value);
    if (typeof sent === "object" && sent !== null && isSql(sent)) this.add(sent, isInline);
    else this.#value(sent, isInline);
  }

  #value(value: unknown, isInline: boolean): void {
    if (isInline) this.text += literal(value);
    else this.#given(value);
  }

  #given(value: unknown): void {
    this.params.push(value);
    if (this.#before === null) {
      this.text += `$${this.params.length}`;
      return;
    }
    this.#before.push(this.text);
    this.text = "";
  }
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function literal(value: unknown): string {
  if (value === null || typeof value === "number" || typeof value === "boolean") {
    return String(value);
  }
  if (typeof value === "string") return `'${value.replaceAll("'", "''")}'`;
  throw new TypeError("only what is a text, a number, a yes or a no is written out");
}

const casing = new CasingCache(CASING);
const columns = new WeakMap<Column, string>();

function columnText(column: Column): string {
  const cached = columns.get(column);
  if (cached !== undefined) return cached;
  const text = `${quoted(getTableName(column.table))}.${quoted(casing.getColumnCasing(column))}`;
  columns.set(column, text);
  return text;
}
