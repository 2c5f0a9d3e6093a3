import { counted, grouped } from "#components/words/count.ts";
import {
  type ImportedDifferently,
  type ImportRemark,
  type ImportResult,
  type ImportUndone,
  REMARK_WORDS,
} from "#domain/sources/imports/imports.ts";

export const FORMAT_NAMES: Record<ImportResult["format"], string> = {
  zoom: "Zoom file",
  teams: "Teams file",
  meet: "Meet file",
};

/** A conclusion, and from how many lines it was drawn. */
export function remarkWords(remark: ImportRemark, count: number): string {
  return `In ${counted(count, "line", "lines")}: ${REMARK_WORDS[remark]}.`;
}

/** `7 lines to add, 2 there already` */
export function rowWords({ dry_run, rows }: ImportResult): string {
  const parts = [
    `${counted(rows.new, "line", "lines")} ${dry_run ? "to add" : "added"}`,
    rows.known > 0 ? `${grouped(rows.known)} there already` : null,
    rows.double > 0 ? `${grouped(rows.double)} repeated in the file` : null,
    rows.erased > 0 ? `${grouped(rows.erased)} of a room that was erased` : null,
    rows.refused > 0 ? `${grouped(rows.refused)} refused` : null,
    rows.left_out > 0 ? `${grouped(rows.left_out)} left out` : null,
  ];
  return parts.filter((part) => part !== null).join(", ");
}

/** How the very same file was imported already, when it was read otherwise. */
export function otherwiseWords({ file, zone, dates, at }: ImportedDifferently): string {
  const read = dates === "month_first" ? "month/day" : "day/month";
  return `This file was already imported, as “${file}” of ${at.slice(0, 10)}, with times in ${zone} and dates read ${read}. Remove that import first to read it differently.`;
}

/** What undoing an import would remove, a line each. */
export function undoneWords(undone: ImportUndone): string[] {
  const { lines, told_by_others, meetings, meetings_changed, people } = undone;
  const nothing = lines === 0 ? "Everything in it is in other files too: nothing changes." : null;
  const parts = [
    lines > 0 ? `${counted(lines, "line", "lines")} found in no other file` : null,
    meetings > 0 ? `${counted(meetings, "meeting goes", "meetings go")} with them` : null,
    people > 0 ? `${counted(people, "person goes", "people go")} with them` : null,
    meetings_changed > 0
      ? `${counted(meetings_changed, "meeting is", "meetings are")} recalculated without them`
      : null,
    told_by_others > 0
      ? `${counted(told_by_others, "line stays", "lines stay")}, because another file has the same`
      : null,
  ];
  return [nothing, ...parts].filter((part) => part !== null);
}
