import type { Ms } from "#domain/time/ms.ts";
import { moment, Unreadable } from "#server/providers/contract/reading.ts";
import { clockIn, DAY, momentShown, type WallClock } from "./clock.ts";
import { type Cells, isUtc, type NamedCell } from "./columns.ts";
import type { ColumnRole } from "./languages/roles.ts";
import { Remarks } from "./remarks.ts";
import type { Line } from "./schema.ts";

/** The end of the reason for a time without a date: an operator who knows the day may enter it. */
export const NO_DATE = "has no date";

/** A moment, and what the clock showed then, which is the same in any zone in which it is read. */
export interface Read {
  at: Ms;
  shown: Ms;
  /** Whether it was written to the minute. */
  isCoarse: boolean;
}

/** Reads the times of a row, and collects remarks about what had to be inferred. */
export interface Reads {
  remarks: Remarks;
  /** Throws `Unreadable` where the cell is empty or has no readable time. */
  required(role: ColumnRole): Read;
  /** `null` where the cell is empty. A time without a date that is before `since` is of the next day. */
  optional(role: ColumnRole, since: Read): Read | null;
}

const MISSING: Partial<Record<ColumnRole, string>> = {
  joined: "when they came",
  at: "when that was",
  day: "when that was",
  starts: "when it began",
  ends: "when it ended",
};

export function readsOf(line: Line, cells: Cells): Reads {
  const remarks = new Remarks();
  const reading = (role: ColumnRole, since: Read | null): Read | null => {
    const cell = cells.get(role);
    if (cell === undefined) return null;
    const clock = clockIn(cell.text, line.dates, line.day ?? null);
    if (clock === null) throw new Unreadable(reasonFor(cell, line));
    const dated = since === null ? clock : after(clock, since);
    const zone = isUtc(cell.column) ? "UTC" : line.zone;
    const { at, remark } = momentShown(dated, zone, since?.at ?? null);
    if (remark !== null) remarks.add(remark, cell);
    return { at: moment(at, cell.column), shown: dated.shown, isCoarse: dated.isCoarse };
  };
  return {
    remarks,
    required(role) {
      const read = reading(role, null);
      if (read === null) throw new Unreadable(`it does not say ${MISSING[role] ?? role}`);
      return read;
    },
    optional: reading,
  };
}

function after(clock: WallClock, { shown }: Read): WallClock {
  return clock.isUndated && clock.shown < shown ? { ...clock, shown: clock.shown + DAY } : clock;
}

function reasonFor({ text }: NamedCell, { day, dates }: Line): string {
  if (day == null && clockIn(text, "day_first", "2000-01-01")?.isUndated === true) {
    return `the time “${cut(text)}” ${NO_DATE}`;
  }
  const other = dates === "day_first" ? "month_first" : "day_first";
  const isOther = clockIn(text, other, null) !== null;
  return `the time “${cut(text)}” is no date${isOther ? ` with the ${FIRST[dates]} first` : ""}`;
}

const FIRST = { month_first: "month", day_first: "day" } as const;

/** A cell as quoted in a message, at most 40 characters and a mark of the cut. */
export function cut(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40).toWellFormed()}…` : text;
}
