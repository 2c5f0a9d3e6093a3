import { parseCsv } from "hucre/csv";
import {
  FORMATS,
  type Format,
  type Role,
  type Row,
  roleOf,
  tidy,
} from "#server/providers/import/columns.ts";
import type { Kind } from "#server/providers/import/schema.ts";

/** What the rows below a line of column names are. */
export interface Table {
  format: Format;
  /** `totals`: how long each was there, and not when. */
  kind: Exclude<Kind, "list"> | "totals";
  delimiter: string;
  columns: readonly string[];
  roles: ReadonlySet<Role>;
}

export const DELIMITERS = ["\t", ",", ";", "|"] as const;

/** The cells of a record. */
export function cellsIn(text: string, delimiter: string): string[] {
  const [cells = []] = parseCsv(text, { delimiter, typeInference: false, skipEmptyRows: false });
  return cells.map((cell) => (cell === null ? "" : String(cell)));
}

/** What of a file is known while its next line is read. */
export interface Place {
  /** The only format to look for; `null` for any. */
  format: Format | null;
  /** The number of the section a Teams report is in; `null` where it has none. */
  section: number | null;
}

/** The table whose column names a record is; `null` for any other record. */
export function tableIn(text: string, { format, section }: Place): Table | null {
  let best: Table | null = null;
  for (const delimiter of DELIMITERS) {
    if (!text.includes(delimiter)) continue;
    const columns = cellsIn(text, delimiter).map(tidy);
    for (const one of format === null ? FORMATS : [format]) {
      const roles = new Set(columns.flatMap((column) => roleOf(one, column) ?? []));
      const kind = kindOf(one, roles, columns, section);
      if (kind === null || (best !== null && roles.size <= best.roles.size)) continue;
      best = { format: one, kind, delimiter, columns, roles };
    }
  }
  return best;
}

function kindOf(
  format: Format,
  roles: ReadonlySet<Role>,
  columns: readonly string[],
  section: number | null,
): Table["kind"] | null {
  const isNamed = roles.has("name") || roles.has("first");
  if (isNamed && roles.has("joined") && roles.has("left")) {
    if (format === "zoom") return "visit";
    if (format === "meet") return "person";
    return section === 3 || columns.some(isOneStay) ? "visit" : "person";
  }
  if (format === "teams" && isNamed && roles.has("action") && roles.has("at")) return "action";
  if (format === "meet" && roles.has("event") && roles.has("day")) return "endpoint";
  if (isNamed && (roles.has("total") || roles.has("duration"))) return "totals";
  const isHead = !isNamed && roles.has("starts") && (roles.has("title") || roles.has("room"));
  return isHead ? "meeting" : null;
}

/** A Teams report calls one stay so, wherever it stands in the file. */
function isOneStay(column: string): boolean {
  return /^(?:beitreten|verlassen)$/i.test(column);
}

/** The row that a record is in a table; cells without a column are left out. */
export function rowIn(text: string, { columns, delimiter }: Table): Row {
  const cells = cellsIn(text, delimiter);
  return columns.map((column, index) => [column, cells[index] ?? ""] as const);
}
