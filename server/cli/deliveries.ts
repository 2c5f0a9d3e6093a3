import type { StoredMonth } from "#db/recording/dropping.ts";
import { dropMonths, monthsKept } from "#server/runtime/jobs/drop-months.ts";
import { bytesInWords } from "./bytes.ts";
import { type CliContext, CommandError } from "./command.ts";

export interface DropFlags {
  before: string;
  withUnreadable?: boolean;
}

/** The months that were dropped, and what that freed. */
export interface ShownDrop {
  dropped: StoredMonth[];
  deliveries: number;
  bytes: number;
}

export async function shownMonths({ database }: CliContext): Promise<StoredMonth[]> {
  return monthsKept(database, Date.now());
}

/** Drops the deliveries of the months before one. */
export async function runDrop({ database, by }: CliContext, flags: DropFlags): Promise<ShownDrop> {
  const { before, withUnreadable = false } = flags;
  if (!/^[1-9]\d{3}-(0[1-9]|1[0-2])$/.test(before)) {
    throw new CommandError("--before must be a month such as 2026-03.");
  }
  const dropped = await dropMonths(database, { before, withUnreadable, by, now: Date.now() });
  const sum = (of: (month: StoredMonth) => number) =>
    dropped.reduce((total, month) => total + of(month), 0);
  return {
    dropped,
    deliveries: sum(({ deliveries }) => deliveries),
    bytes: sum(({ bytes }) => bytes),
  };
}

export function monthLines(months: readonly StoredMonth[]): string[] {
  if (months.length === 0) return ["No deliveries are kept."];
  return months.map(({ month, deliveries, unreadable, bytes }) => {
    const unread = unreadable > 0 ? `  ${unreadable} of them unreadable` : "";
    return `${month}  ${String(deliveries).padStart(12)}  ${bytesInWords(bytes).padStart(10)}${unread}`;
  });
}

export function dropLines({ dropped, deliveries, bytes }: ShownDrop, before: string): string[] {
  const [first, last] = [dropped[0], dropped.at(-1)];
  if (first === undefined || last === undefined || deliveries === 0) {
    return [`No deliveries are kept from before ${before}.`];
  }
  const months = first === last ? first.month : `${first.month} to ${last.month}`;
  return [
    `Dropped ${deliveries} deliveries of ${months}: ${bytesInWords(bytes)} are free. What followed from them stays.`,
  ];
}
