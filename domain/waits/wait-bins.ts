import type { Ms } from "#domain/time/ms.ts";

/** The ends of the bins of the distribution of waits; longer waits are in one more. */
export const BIN_ENDS_MS: readonly Ms[] = [
  15_000, 30_000, 60_000, 120_000, 180_000, 300_000, 600_000, 900_000, 1_800_000, 3_600_000,
];

/** Waits longer than `fromMs` (or none at all) up to and with `toMs`; `null`: without end. */
export interface WaitBin {
  fromMs: Ms;
  toMs: Ms | null;
  admitted: number;
  /** Left before admitted and not shortly, whether they came back or not. */
  left: number;
  short: number;
}

/** The index of a wait's bin. */
export function binOf(lastedMs: Ms): number {
  const index = BIN_ENDS_MS.findIndex((end) => lastedMs <= end);
  return index === -1 ? BIN_ENDS_MS.length : index;
}

/** All bins in order, with the counts of those that have any. */
export function binsWith(
  counts: readonly { bin: number; admitted: number; left: number; short: number }[],
): WaitBin[] {
  const byBin = new Map(counts.map(({ bin, ...rest }) => [bin, rest]));
  return [...BIN_ENDS_MS, null].map((toMs, bin) => ({
    fromMs: BIN_ENDS_MS[bin - 1] ?? 0,
    toMs,
    ...(byBin.get(bin) ?? { admitted: 0, left: 0, short: 0 }),
  }));
}

/** The position of a wait's length among the bins, 0 to their number: between the ends in proportion. */
export function positionAmongBins(lastedMs: Ms): number {
  const bin = binOf(lastedMs);
  const from = BIN_ENDS_MS[bin - 1] ?? 0;
  const to = BIN_ENDS_MS[bin];
  return to === undefined ? bin + 0.5 : bin + (lastedMs - from) / (to - from);
}
