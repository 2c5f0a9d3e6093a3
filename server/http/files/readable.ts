import type { Ms } from "#domain/time/ms.ts";
import type { OffsetAt } from "#domain/time/period.ts";
import { formatUtc } from "#domain/time/time.ts";
import type { Column } from "./table.ts";

/** What people read about a file: its title, and lines on its filters and settings. */
export interface FileIntro {
  title: string;
  lines: readonly (readonly [label: string, text: string])[];
}

/** The label of the line with the days, whose text is also in the header of every printed page. */
export const DAYS = "Days";

/** The columns for people: without those for programs, leading ones first and trailing ones last. */
export function readableColumns<Row>(columns: readonly Column<Row>[]): Column<Row>[] {
  const shown = columns.filter(({ only }) => only === undefined);
  const rank = ({ leads, trails }: Column<Row>) => (leads ? 0 : trails ? 2 : 1);
  return shown.toSorted((a, b) => rank(a) - rank(b));
}

/** How many columns lead and stay in sight when the sheet is scrolled. */
export function leadingCount<Row>(columns: readonly Column<Row>[]): number {
  return Math.max(1, columns.filter(({ leads }) => leads).length);
}

/** The heading of a column for people, with the unit or the zone of its cells. */
export function headingOf<Row>(column: Column<Row>, timeZone: string): string {
  const { kind, name, heading } = column;
  const words = heading ?? `${name.charAt(0).toUpperCase()}${name.slice(1).replaceAll("_", " ")}`;
  switch (kind) {
    case "moment":
      return `${words} (${timeZone})`;
    case "duration":
      return `${words} (min)`;
    case "text":
    case "word":
    case "number":
    case "share":
    case "flag":
      return words;
    default:
      return kind satisfies never;
  }
}

/** A value as people read it: never `left_early`. */
export function wordForPeople(value: string, words: Readonly<Record<string, string>> = {}): string {
  return words[value] ?? value.replaceAll("_", " ");
}

/** A flag as people read it. */
export function yesOrNo(value: boolean): string {
  return value ? "yes" : "no";
}

/** Minutes with two places, so exact to less than half a second. */
export function minutesOf(ms: Ms): number {
  return Math.round(ms / 600) / 100;
}

/** A moment as clocks of the zone showed it: `2026-11-20 11:02:11`. */
export function clockTime(at: Ms, offsetAt: OffsetAt): string {
  return formatUtc(at + offsetAt(at))
    .slice(0, 19)
    .replace("T", " ");
}
