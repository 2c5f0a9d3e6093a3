import { seenAsNow, sightNow } from "#db/access/sight/seeing.ts";
import { database } from "#db/connection/client.ts";
import { isDemonstrated } from "#db/sources/sources.ts";
import { ApiError } from "#server/http/answer.ts";
import { offsetIn } from "#server/http/period.ts";
import { shown } from "#server/http/shown.ts";
import { processContext } from "#server/runtime/process-context.ts";
import { csvOf } from "./csv.ts";
import { type Dialect, dialectOf, isLocale } from "./dialect.ts";
import { download } from "./download.ts";
import { type Invented, introWithDemo, inventedColumns } from "./invented.ts";
import { jsonOf } from "./json.ts";
import { filesUnderWay } from "./progress.ts";
import type { FileIntro } from "./readable.ts";
import type { Batches, Column, ExportTable, TableLook } from "./table.ts";
import { countTaken, type SentFile } from "./taken.ts";
import { xlsxOf } from "./xlsx.ts";

/** The formats of an export, by the extension in its address. */
export const FILE_FORMATS = ["csv", "xlsx", "json"] as const;
export type FileFormat = (typeof FILE_FORMATS)[number];

export interface Export<Row> {
  table: ExportTable<Row>;
  /** The file's name without its extension. */
  name: string;
  /** How what it is of is called; `null` for a list of everything. */
  called: string | null;
  /** The zone of times, in formats that do not write UTC. */
  timeZone: string;
  /** Fields about the whole file, in JSON. */
  about: Record<string, string | null>;
  /** The same and more for people, in a workbook. */
  intro: FileIntro;
  invented: Invented<Row>;
  /** Further sheets of a workbook. */
  looks?: readonly TableLook<Row>[];
}

/**
 * Answers with a table as a file. `?bom=1` puts a byte order mark before a CSV, `?for=people` writes it for their
 * spreadsheet in its `locale`, and with `?download=<id>` the progress can be read under that id. Throws 400 for
 * a parameter that cannot be read.
 */
export async function exported<Row>(
  url: URL,
  format: FileFormat,
  { table, name, called, timeZone, about, intro, invented, looks = [] }: Export<Row>,
): Promise<SentFile> {
  const file = { name: `${name}.${format}`, type: TYPES[format] };
  const bom = bomIn(url);
  const people = peopleIn(url);
  const isPossible =
    typeof invented === "boolean" ? invented : await isDemonstrated(database().orm);
  const marked = (own: readonly Column<Row>[]) => [
    ...own.map(shownColumn),
    ...inventedColumns(invented, isPossible),
  ];
  const piecesOf = (batches: Batches<Row>): AsyncGenerator<string | Uint8Array> => {
    const rows = { columns: marked(table.columns), batches };
    const offsetAt = offsetIn(timeZone);
    switch (format) {
      case "csv":
        return csvOf(rows, { offsetAt, timeZone, bom, people });
      case "xlsx":
        return xlsxOf(rows, {
          offsetAt,
          timeZone,
          sheet: intro.title,
          looks: looks.map(({ name: look, table: { columns, batches: again } }) => ({
            name: look,
            table: { columns: marked(columns), batches: seenAsNow(again) },
          })),
          intro: withZone(introWithDemo(intro, invented, isPossible), timeZone),
        });
      case "json":
        return jsonOf(rows, about);
      default:
        return format satisfies never;
    }
  };
  const id = downloadIn(url);
  const { counting, ending, taken } = countTaken();
  const batches = counting(seenAsNow(table.batches));
  const pieces =
    id === null
      ? piecesOf(batches)
      : filesUnderWay().follow(id, file.name, batches, piecesOf, Date.now);
  const response = await download(ending(pieces), file, processContext().log);
  return { response, called, taken };
}

/** A column as whoever asks is shown it: its name says what is in it. */
function shownColumn<Row>(column: Column<Row>): Column<Row> {
  if (column.kind !== "text" || !sightNow().masked) return column;
  const { name, value } = column;
  const field = name === "observer_by" ? "seen_as" : name;
  return {
    ...column,
    value: (row) => shown({ [field]: value(row) }, { masked: true })[field] ?? null,
  };
}

const TYPES: Record<FileFormat, string> = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  json: "application/json",
};

function downloadIn(url: URL): string | null {
  const id = url.searchParams.get("download");
  if (id !== null && !/^[\w-]{16,64}$/.test(id)) {
    throw new ApiError(400, "bad_download", "download must be 16 to 64 letters, digits, - or _.");
  }
  return id;
}

function bomIn(url: URL): boolean {
  const text = url.searchParams.get("bom") ?? "0";
  if (text !== "0" && text !== "1") throw new ApiError(400, "bad_bom", "bom must be 0 or 1.");
  return text === "1";
}

/** The dialect of a CSV for people; `null` for programs. */
function peopleIn(url: URL): Dialect | null {
  const reader = url.searchParams.get("for") ?? "programs";
  const locale = url.searchParams.get("locale") ?? "en";
  if (reader !== "programs" && reader !== "people") {
    throw new ApiError(400, "bad_for", "for must be programs or people.");
  }
  if (!isLocale(locale)) {
    throw new ApiError(400, "bad_locale", "locale must name a language such as de-DE.");
  }
  return reader === "people" ? dialectOf(locale) : null;
}

function withZone({ title, lines }: FileIntro, timeZone: string): FileIntro {
  return { title, lines: [...lines, ["Time zone of all dates and times", timeZone]] };
}
