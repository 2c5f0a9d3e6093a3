/** Statistics of benchmarks: nearest rank, so that every quantile is a value that was measured. */

/** The smallest value that at least the share `p` (0…1) of the values does not exceed. */
export function quantile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = Math.max(1, Math.ceil(p * sorted.length));
  const value = sorted[rank - 1];
  if (value === undefined) throw new RangeError("there is no quantile of nothing");
  return value;
}

/** The middle value; between the two middle ones of an even number. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[sorted.length >> 1];
  const lower = sorted[(sorted.length - 1) >> 1];
  if (upper === undefined || lower === undefined) throw new RangeError("no median of nothing");
  return (lower + upper) / 2;
}

export interface Pair {
  baseline: number;
  candidate: number;
}

export interface Comparison {
  /** Medians of each side by itself, for orientation; the ratio is not their quotient. */
  baseline: number;
  candidate: number;
  /** Median of the pairs' ratios candidate / baseline, and its 95 % bootstrap interval. */
  ratio: number;
  ci: [low: number, high: number];
  n: number;
}

const RESAMPLES = 4_000;

/** Compares by pairs, so that what slows a machine down for a while slows both sides of a pair. */
export function compare(pairs: readonly Pair[]): Comparison {
  const ratios = pairs.map(({ baseline, candidate }) => candidate / baseline);
  return {
    baseline: median(pairs.map(({ baseline }) => baseline)),
    candidate: median(pairs.map(({ candidate }) => candidate)),
    ratio: median(ratios),
    ci: medianInterval(ratios, RESAMPLES),
    n: pairs.length,
  };
}

/** The percentile bootstrap interval of the median, 95 %. The same values give the same interval. */
export function medianInterval(
  values: readonly number[],
  resamples: number,
): [low: number, high: number] {
  const next = randomFrom(values.length);
  const medians = Array.from({ length: resamples }, () =>
    median(values.map((value) => values[Math.floor(next() * values.length)] ?? value)),
  );
  return [quantile(medians, 0.025), quantile(medians, 0.975)];
}

/** Numbers from 0 up to 1 that look random and are the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
