import type { ImportedDifferently } from "#domain/sources/imports/imports.ts";
import type { DateOrder } from "#server/providers/import/clock.ts";

/** What the sender of a file has to state so that it can be read. */
export type Asking = "dates" | "room" | "columns" | "day" | null;

/** One mistake of a file. */
export interface RefusalDetail {
  field: string;
  message: string;
  [more: string]: string | number | null;
}

/** A file of which nothing was imported. The message is for its sender. */
export class NotUnderstood extends Error {
  override name = "NotUnderstood";
  /** What its sender has to state; `null` where nothing would help. */
  readonly asks: Asking;
  readonly details: readonly RefusalDetail[];
  constructor(message: string, asks: Asking = null, details: readonly RefusalDetail[] = []) {
    super(message);
    this.asks = asks;
    this.details = details;
  }
}

/** Dates that may be read in two ways, with nothing in the file to decide which. */
export function datesOpen(
  why: string,
  readings: readonly { order: DateOrder; day: string; text: string }[],
): NotUnderstood {
  const details = readings.map(({ order, day, text }): RefusalDetail => {
    const first = order === "month_first" ? "the month" : "the day";
    const message = `with ${first} first, “${text}” is ${day}`;
    return { field: "dates", value: order, day, text, message };
  });
  const both = details.map(({ message }) => message).join("; ");
  return new NotUnderstood(`${why}: ${both}. Say which.`, "dates", details);
}

/** The same file was imported before, read in another way: its meetings would be recorded twice. */
export class ReadBefore extends Error {
  override name = "ReadBefore";
  readonly before: ImportedDifferently;
  constructor(before: ImportedDifferently) {
    super(`${howItWasImported(before)} Take that back first, and then send it again.`);
    this.before = before;
  }
}

/** A sentence that says how the same file was imported before. */
export function howItWasImported({ id, file, zone, dates, room, at }: ImportedDifferently): string {
  const order = dates === "month_first" ? "month/day" : "day/month";
  const named = room === null ? "" : `, of the room “${room}”`;
  return `This very file is kept already, as “${file}” of ${at.slice(0, 10)} (import ${id}), with the clocks of ${zone} and dates read ${order}${named}.`;
}
