import { toWireTime } from "#domain/time/wire-time.ts";
import type { Column, ExportTable } from "./table.ts";

/**
 * A table as one JSON object, in pieces of one batch each: the fields of `about`, then the rows as `results`. Moments are RFC 3339 in UTC, durations whole milliseconds in fields that end in `_ms`.
 */
export async function* jsonOf<Row>(
  { columns, batches }: ExportTable<Row>,
  about: Record<string, string | null>,
): AsyncGenerator<string> {
  const head = JSON.stringify(about);
  yield `${head === "{}" ? "{" : `${head.slice(0, -1)},`}"results":[`;
  let isFirst = true;
  for await (const rows of batches) {
    let text = "";
    for (const row of rows) {
      const fields = columns.map((column) => fieldOf(column, row));
      text += `${isFirst ? "\n" : ",\n"}${JSON.stringify(Object.fromEntries(fields))}`;
      isFirst = false;
    }
    if (text !== "") yield text;
  }
  yield "\n]}\n";
}

function fieldOf<Row>(column: Column<Row>, row: Row): [string, unknown] {
  switch (column.kind) {
    case "text":
    case "word":
    case "number":
    case "share":
    case "flag":
      return [column.name, column.value(row)];
    case "moment":
      return [column.name, toWireTime(column.value(row))];
    case "duration": {
      const ms = column.value(row);
      return [`${column.name}_ms`, ms === null ? null : Math.round(ms)];
    }
    default:
      return column satisfies never;
  }
}
