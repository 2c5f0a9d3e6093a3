import type { Row } from "#server/providers/import/columns.ts";
import type { ColumnRole } from "#server/providers/import/languages/roles.ts";
import type { FileTable } from "./table.ts";

/** One line of a file that is not blank. `text` is the whole line. */
export type SheetLine = { line: number; text: string } & (
  | { kind: "row"; row: Row; table: FileTable }
  | { kind: "head"; row: Row; columns: (ColumnRole | null)[]; table: FileTable | null }
  | { kind: "heading"; table: FileTable }
  | { kind: "broken"; reason: string }
  /** The title of a part. */
  | { kind: "title" }
  /** Any other line; nothing was read from it. */
  | { kind: "other" }
);
