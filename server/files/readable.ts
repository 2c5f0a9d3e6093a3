import type { Ms } from "#domain/time/ms.ts";
import type { OffsetAt } from "#domain/time/period.ts";
import { formatUtc } from "#domain/time/time.ts";
import type { Column } from "./table.ts";

/** What people read of the whole of a file: what it is, and what it was told by. */
export interface FileIntro {
  title: string;
  lines: readonly (readonly [label: string, text: string])[];
}

/** What the line about the days is called, which also stands over every printed page. */
export const DAYS = "Days";

/** The columns as people read them: without those for programs, what leads first and what trails last. */
export function readableColumns<Row>(columns: readonly Column<Row>[]): Column<Row>[] {
  const shown = columns.filter(({ only }) => only === undefined);
  const place = ({ leads, trails }: Column<Row>) => (leads ? 0 : trails ? 2 : 1);
  return shown.toSorted((a, b) => place(a) - place(b));
}

/** How many columns stand first and stay in sight. */
export function leadingCount<Row>(columns: readonly Column<Row>[]): number {
  return Math.max(1, columns.filter(({ leads }) => leads).length);
}

/** What stands over a column, with the unit or the zone of what is below. */
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

/** A word as people read it: never `left_early`. */
export function wordOf(value: string, words: Readonly<Record<string, string>> = {}): string {
  return words[value] ?? value.replaceAll("_", " ");
}

/** A flag as people read it. */
export function yesOrNo(value: boolean): string {
  return value ? "yes" : "no";
}

/** Minutes with two places: half a second more or less is none of them. */
export function minutesOf(ms: Ms): number {
  return Math.round(ms / 600) / 100;
}

/** A moment as the clocks of a zone showed it: `2026-11-20 11:02:11`. */
export function clockTime(at: Ms, offsetAt: OffsetAt): string {
  return formatUtc(at + offsetAt(at))
    .slice(0, 19)
    .replace("T", " ");
}
