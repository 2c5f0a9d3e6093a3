import type { Ms } from "#domain/event.ts";
import {
  clockIn,
  DAY,
  type DateOrder,
  isTwelveHours,
  orderShownBy,
} from "#server/providers/import/clock.ts";
import { cellsOf, type Format, type Role } from "#server/providers/import/columns.ts";
import { NotUnderstood } from "./refusal.ts";
import { linesOf, type SheetLine } from "./sheet.ts";

/** What is known of a whole file once it has been read through. */
export interface Survey {
  format: Format;
  dates: DateOrder;
  /** `assumed` where every date of the file may be read either way. */
  datesFrom: "file" | "operator" | "assumed";
  /** Every stay has a row of its own, so that rows of whole attendances say nothing new. */
  hasStays: boolean;
  /** How many lines with people. */
  rows: number;
}

const ORDERS: readonly DateOrder[] = ["month_first", "day_first"];
const TIMES: readonly Role[] = ["joined", "left", "at", "starts", "ends", "day"];

/**
 * Reads a file through. Throws `NotUnderstood` where nothing can be taken from it. What lies after `now` in
 * one order of its dates and not in the other was written in the other.
 */
export function survey(
  bytes: Uint8Array,
  { format: asked, dates: order }: { format: Format | null; dates: DateOrder | null },
  now: Ms,
): Survey {
  let format: Format | null = asked;
  let rows = 0;
  let totals = 0;
  let [monthFirst, dayFirst, either, twelve] = [0, 0, 0, 0];
  const latest: Record<DateOrder, Ms> = { month_first: 0, day_first: 0 };
  const kinds = new Set<string>();
  for (const line of linesOf(bytes, asked)) {
    if (line.kind !== "row" && line.kind !== "head") continue;
    format = line.table?.kind === "meeting" ? format : (line.table?.format ?? format);
    if (line.kind === "row" && line.table.kind === "totals") totals += 1;
    else if (line.kind === "row") rows += 1;
    if (line.kind === "row") kinds.add(line.table.kind);
    for (const text of timesIn(line)) {
      const shown = orderShownBy(text);
      if (shown === "month_first") monthFirst += 1;
      if (shown === "day_first") dayFirst += 1;
      if (shown === "either") {
        either += 1;
        for (const one of ORDERS) {
          latest[one] = Math.max(latest[one], clockIn(text, one, null)?.shown ?? 0);
        }
      }
      if (isTwelveHours(text)) twelve += 1;
    }
  }
  if (rows === 0 || format === null) throw new NotUnderstood(totals > 0 ? TOTALS : STRANGE);
  const hasStays = kinds.has("visit") && kinds.has("person");
  const known = { format, hasStays, rows };
  if (order !== null) return { ...known, dates: order, datesFrom: "operator" };
  if (monthFirst + dayFirst > 0 || either === 0) {
    return {
      ...known,
      dates: dayFirst > monthFirst ? "day_first" : "month_first",
      datesFrom: "file",
    };
  }
  const past = ORDERS.filter((one) => latest[one] <= now + DAY);
  if (past[0] !== undefined && past.length === 1) {
    return { ...known, dates: past[0], datesFrom: "file" };
  }
  // Zoom writes the month first; elsewhere who says AM and PM does.
  const isMonthFirst = format === "zoom" || twelve > 0;
  return { ...known, dates: isMonthFirst ? "month_first" : "day_first", datesFrom: "assumed" };
}

function timesIn({ row, table }: Extract<SheetLine, { kind: "row" | "head" }>): string[] {
  const format = table?.format ?? "teams";
  const cells = cellsOf(format, row);
  return TIMES.flatMap((role) => cells.get(role)?.text ?? []);
}

const TOTALS =
  "This report says how long people were there, and not when: export it again with every stay in a " +
  "line of its own (in Zoom without “Show unique users”).";
const STRANGE =
  "No line of this file names the columns of an attendance report of Zoom, Teams or Meet, with people below it.";
