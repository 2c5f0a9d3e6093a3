import { counted, grouped } from "#components/words/count.ts";
import type { ImportRemark, ImportResult, ImportUndone } from "#domain/history/imports.ts";

export const FORMAT_NAMES: Record<ImportResult["format"], string> = {
  zoom: "Zoom file",
  teams: "Teams file",
  meet: "Meet file",
};

/** What had to be concluded from so many lines. */
export function remarkWords(remark: ImportRemark, count: number): string {
  const lines = `In ${counted(count, "line", "lines")}`;
  switch (remark) {
    case "skipped":
      return `${lines} there is a time that clocks skipped: it is taken for as long after the skip.`;
    case "twice":
      return `${lines} there is a time that clocks showed twice: it is taken for the first, or where somebody would leave before they came, for the second.`;
    case "inferred_end":
      return `${lines} only how long somebody was there is told, and not when they were away in between: when they left is inferred.`;
    case "was_there_before":
      return `${lines} somebody was there before the list begins: they count from then.`;
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
export function datesWords({ dates, dry_run }: ImportResult): string | null {
  if (dates.from !== "assumed") return null;
  const read = dates.order === "month_first" ? "month/day/year" : "day/month/year";
  const first = "Nothing in the file says whether the day or the month comes first.";
  return dry_run
    ? `${first} Its dates are taken for ${read}; say otherwise above.`
    : `${first} Its dates were taken for ${read}.`;
}

/** What taking an import back would take away, a line each. */
export function undoneWords(undone: ImportUndone): string[] {
  const { lines, told_by_others, meetings, meetings_changed, people } = undone;
  const nothing = lines === 0 ? "Nothing of it is told by this file alone." : null;
  const told = [
    lines > 0 ? `${counted(lines, "line", "lines")} that nothing else tells` : null,
    meetings > 0 ? `${counted(meetings, "meeting goes", "meetings go")} with them` : null,
    people > 0 ? `${counted(people, "person goes", "people go")} with them` : null,
    meetings_changed > 0
      ? `${counted(meetings_changed, "meeting is", "meetings are")} told again without them`
      : null,
    told_by_others > 0
      ? `${counted(told_by_others, "line stays", "lines stay")}, because another file tells the same`
      : null,
  ];
  return [nothing, ...told].filter((part) => part !== null);
}
