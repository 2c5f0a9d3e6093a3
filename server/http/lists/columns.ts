import * as z from "zod/mini";
import type { WireSource } from "#domain/event/recorded.ts";
import type { Ms } from "#domain/time/ms.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import type { Column } from "#server/http/files/table.ts";
import {
  asOf,
  countOrNull,
  LINKS,
  named,
  type Schema,
  shareOrNull,
  source as sourceSchema,
  textOrNull,
  timeOrNull,
} from "#server/http/schema.ts";
import { providerTitles } from "#server/providers/providers.ts";

/*
 * The columns of a list, each said once: from them follow its JSON with the schema that documents it, and its files in
 * every format.
 */

/** A column, or the source of a row: one object in JSON, two columns in a file. */
export type ListColumn<Row> =
  | (Column<Row> & {
      /** The schema of its field, where that is not what is usual for its kind. */
      schema?: z.ZodMiniType;
      /** Where it stands, if not in both. */
      in?: "json" | "files";
    })
  | { kind: "source"; value: (row: Row) => WireSource };

/** The columns of a list as of a moment, up to which what goes on is counted. */
export type ListColumns<Row> = (now: Ms) => ListColumn<Row>[];

interface Answer {
  next: string | null;
  previous: string | null;
  results: Record<string, unknown>[];
  as_of: string;
}

/** What `endpoint` of a list is made from: its rows as JSON, and what is documented of them. */
export function answeredIn<Row>(
  columns: ListColumns<Row>,
  { row, summary }: { row: string; summary: string },
) {
  const fields = columns(0).filter(isInJson);
  const schema = z.object(
    Object.fromEntries(fields.map((column) => [fieldOf(column), schemaOf(column)])),
  );
  const answer: Schema<Answer> = z.object({
    ...LINKS,
    results: z.array(named(row, schema)),
    as_of: asOf,
  });
  const json = (rows: readonly Row[], { now }: { now: Ms }) => {
    const own = columns(now).filter(isInJson);
    const results = rows.map((one) =>
      Object.fromEntries(own.map((column) => [fieldOf(column), jsonOf(column, one)])),
    );
    return { results, as_of: toWireTime(now) };
  };
  return [json, { summary, answer }] as const;
}

/** The columns of a file of the list. */
export function filedIn<Row>(columns: ListColumns<Row>): (now: Ms) => Column<Row>[] {
  return (now) =>
    columns(now).flatMap((column): Column<Row>[] => {
      if (column.kind === "source") return sourceColumns(column.value);
      return column.in === "json" ? [] : [column];
    });
}

function sourceColumns<Row>(value: (row: Row) => WireSource): Column<Row>[] {
  return [
    { name: "provider", kind: "word", words: providerTitles, value: (row) => value(row).provider },
    { name: "source", kind: "text", value: (row) => value(row).name },
  ];
}

function isInJson<Row>(column: ListColumn<Row>): boolean {
  return column.kind === "source" || column.in !== "files";
}

/** What its field is called: a duration says its unit. */
function fieldOf<Row>(column: ListColumn<Row>): string {
  if (column.kind === "source") return "source";
  return column.kind === "duration" ? `${column.name}_ms` : column.name;
}

function jsonOf<Row>(column: ListColumn<Row>, row: Row): unknown {
  return column.kind === "moment" ? toWireTime(column.value(row)) : column.value(row);
}

const USUAL = {
  text: textOrNull,
  word: textOrNull,
  number: countOrNull,
  share: shareOrNull,
  flag: z.nullable(z.boolean()),
  moment: timeOrNull,
  duration: countOrNull,
} as const satisfies Record<Column<never>["kind"], z.ZodMiniType>;

function schemaOf<Row>(column: ListColumn<Row>): z.ZodMiniType {
  return column.kind === "source" ? sourceSchema : (column.schema ?? USUAL[column.kind]);
}
