import { grouped } from "#components/words/count.ts";
import { formatDuration } from "#components/words/duration.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { WaitCount } from "#domain/waits/wait-count.ts";
import {
  abandonmentRate,
  averageUntilAdmittedMs,
  entered,
  serviceLevel,
} from "#domain/waits/waiting.ts";
import type { Heat, WaitMeasure } from "#domain/waits/waiting-page.ts";
import type { WeekHour } from "#domain/waits/week-hours.ts";

/** The text of a cell, `null` where it has none, and its warmth from 0 to 1. */
export interface Warmth {
  text: string | null;
  warmth: number;
  /** Whether it counts so few waits that it may be chance. */
  isThin: boolean;
}

const FEW = 5;

/** The cells of a heat map by their hour of the week: a warm cell needs attention. */
export function warmths(
  hours: readonly WeekHour[],
  heat: Heat,
  waitMeasure: WaitMeasure,
): Map<number, Warmth> {
  const cells = hours.map(({ hour, count }) => ({
    hour,
    isThin: basis(count, heat, waitMeasure) < FEW,
    ...measure(count, heat, waitMeasure),
  }));
  // One person who left at night must not make everything else look cool.
  const sure = cells.filter(({ isThin }) => !isThin);
  const most = Math.max(LEAST[heat], ...(sure.length > 0 ? sure : cells).map(({ value }) => value));
  return new Map(
    cells.map(({ hour, value, text, isThin }) => [
      hour,
      { text, isThin, warmth: Math.min(1, value / most) },
    ]),
  );
}

/** The least value that has full warmth, so that small values do not look large. */
const LEAST: Record<Heat, number> = { left: 0.2, waits: 1, average: 60_000, level: 0.2 };

/** The number of waits that a cell is calculated from. */
function basis(count: WaitCount, heat: Heat, { short, mode }: WaitMeasure): number {
  switch (heat) {
    case "left":
      return entered(count, short);
    case "waits":
      return FEW;
    case "average":
      return count.admitted;
    case "level":
      return serviceLevel(count, mode, short).of;
    default:
      return heat satisfies never;
  }
}

function measure(
  count: WaitCount,
  heat: Heat,
  { short, mode }: WaitMeasure,
): { value: number; text: string | null } {
  switch (heat) {
    case "left": {
      const rate = abandonmentRate(count, short);
      return { value: rate ?? 0, text: rate === null ? null : wholePercent(rate) };
    }
    case "waits":
      return { value: count.began, text: grouped(count.began) };
    case "average": {
      const ms = averageUntilAdmittedMs(count);
      return { value: ms ?? 0, text: ms === null ? null : briefly(ms) };
    }
    case "level": {
      const { share } = serviceLevel(count, mode, short);
      return share === null
        ? { value: 0, text: null }
        : { value: 1 - share, text: wholePercent(share) };
    }
    default:
      return heat satisfies never;
  }
}

const MINUTE_MS = 60_000;

/** In four characters at most: `9:59`, from ten minutes on `12m`, and from a hundred on `2h`. */
function briefly(ms: Ms): string {
  const minutes = Math.round(ms / MINUTE_MS);
  if (ms < 10 * MINUTE_MS) return formatDuration(ms);
  return minutes < 100 ? `${minutes}m` : `${Math.round(minutes / 60)}h`;
}

function wholePercent(share: number): string {
  return String(Math.round(share * 100));
}
