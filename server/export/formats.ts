import { ApiError } from "#server/api/answer.ts";
import { offsetIn } from "#server/api/history/period.ts";
import { surroundings } from "#server/process.ts";
import { csvOf } from "./csv.ts";
import { download } from "./download.ts";
import { jsonOf } from "./json.ts";
import type { Table } from "./table.ts";
import { xlsxOf } from "./xlsx.ts";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** The formats a table goes out in, by the ending of its address. */
export const FORMATS = ["csv", "xlsx", "json"] as const;
export type Format = (typeof FORMATS)[number];

export interface Export<Row> {
  table: Table<Row>;
  /** The file's name without its ending. */
  name: string;
  /** In which zone moments are told, where the format leaves a choice. */
  timeZone: string;
  /** What is said of the whole, where the format has a place for it. */
  about: Record<string, string | null>;
}

/** Answers with a table as a file; `?bom=1` puts a byte order mark before a CSV. */
export async function exported<Row>(
  url: URL,
  format: Format,
  { table, name, timeZone, about }: Export<Row>,
): Promise<Response> {
  const { log } = surroundings();
  switch (format) {
    case "csv": {
      const csv = csvOf(table, { offsetAt: offsetIn(timeZone), bom: bomIn(url) });
      return download(csv, { name: `${name}.csv`, type: "text/csv; charset=utf-8" }, log);
    }
    case "xlsx": {
      const xlsx = xlsxOf(table, { offsetAt: offsetIn(timeZone), timeZone, sheet: name });
      return download(xlsx, { name: `${name}.xlsx`, type: XLSX }, log);
    }
    case "json": {
      const json = jsonOf(table, about);
      return download(json, { name: `${name}.json`, type: "application/json" }, log);
    }
    default:
      return format satisfies never;
  }
}

function bomIn(url: URL): boolean {
  const text = url.searchParams.get("bom") ?? "0";
  if (text !== "0" && text !== "1") throw new ApiError(400, "bad_bom", "bom must be 0 or 1.");
  return text === "1";
}
