import { counted, grouped } from "#components/words/count.ts";
import type { ImportRemark, ImportResult } from "#domain/history/imports.ts";

export const FORMAT_NAMES: Record<ImportResult["format"], string> = {
  zoom: "Zoom file",
  teams: "Teams file",
  meet: "Meet file",
};

/** What had to be concluded from so many lines. */
export function remarkWords(remark: ImportRemark, count: number): string {
  const lines = counted(count, "line", "lines");
  switch (remark) {
    case "skipped":
      return `${lines} with a time that clocks skipped: taken for as long after the skip.`;
    case "twice":
      return `${lines} with a time that clocks showed twice: taken for the first, or where somebody would leave before they came, for the second.`;
    case "inferred_end":
      return `${lines} that say how long somebody was there, and not when they were away in between: their end is inferred.`;
    case "was_there_before":
      return `${lines} of people who were there before the list begins: they count from then.`;
    default:
      return remark satisfies never;
  }
}

/** `7 lines to add, 2 there already` */
export function rowWords({ dry_run, rows }: ImportResult): string {
  const told = [
    `${counted(rows.new, "line", "lines")} ${dry_run ? "to add" : "added"}`,
    rows.known > 0 ? `${grouped(rows.known)} there already` : null,
    rows.double > 0 ? `${grouped(rows.double)} said twice in the file` : null,
    rows.erased > 0 ? `${grouped(rows.erased)} of a room that was erased` : null,
    rows.refused > 0 ? `${grouped(rows.refused)} refused` : null,
  ];
  return told.filter((part) => part !== null).join(", ");
}

/** How the dates were read, where the file leaves it open. */
export function datesWords({ dates }: ImportResult): string | null {
  if (dates.from !== "assumed") return null;
  const read = dates.order === "month_first" ? "month/day/year" : "day/month/year";
  return `Nothing in the file says whether the day or the month comes first. Its dates were taken for ${read}; say otherwise above.`;
}
