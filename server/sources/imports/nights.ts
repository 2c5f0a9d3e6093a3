import { clockIn } from "#server/providers/import/clock.ts";

const DAY = 24 * 60;
const MINUTE = 60_000;

/**
 * When the night of undated times begins, in minutes since midnight: after the longest part of the day without
 * any stay. Times before it belong to the next day; `0` where there is no such night.
 */
export class Night {
  readonly #stays: [from: number, to: number][] = [];

  /** The texts of a row's first time and its last. */
  note(joined: string | undefined, left: string | undefined): void {
    const from = minuteIn(joined);
    if (from === null) return;
    this.#stays.push([from, minuteIn(left) ?? from]);
  }

  get begins(): number {
    const intervals = this.#stays
      .flatMap(([from, to]) =>
        to >= from
          ? [[from, to]]
          : [
              [from, DAY],
              [0, to],
            ],
      )
      .toSorted(([a = 0], [b = 0]) => a - b);
    const [first] = intervals;
    if (first === undefined) return 0;
    const [opens = 0] = first;
    let until = opens;
    let widest = { length: 0, ends: opens };
    for (const [from = 0, to = 0] of intervals) {
      if (from - until > widest.length) widest = { length: from - until, ends: from };
      until = Math.max(until, to);
    }
    // The gap over midnight: from the last stay of the day to the first of the next.
    const overnight = DAY - until + opens;
    return overnight >= widest.length || widest.length < LONG ? 0 : widest.ends;
  }
}

/** Two meetings of one day are closer than this; a longer gap means that the file is of one night. */
const LONG = 6 * 60;

/** The minute of the day in a text without a date; `null` where it has a date or no time. */
export function minuteIn(text: string | undefined): number | null {
  const clock = text === undefined ? null : clockIn(text, "day_first", "2000-01-01");
  if (clock === null || !clock.isUndated) return null;
  return Math.floor((clock.shown - Date.UTC(2000, 0, 1)) / MINUTE);
}
