import type { Comparison } from "./statistics.ts";

/** Something acknowledged was not stored, or something expected did not come: there is no result. */
export class Void extends Error {
  override name = "Void";
  readonly benchmark: string;

  constructor(benchmark: string, reason: string) {
    super(reason);
    this.benchmark = benchmark;
  }
}

/** Throws `Void` where there were unexpected answers: `others` counts each of them. */
export function refuseOthers(
  benchmark: string,
  name: string,
  others: Readonly<Record<string, number>>,
): void {
  const refused = Object.entries(others).map(([answer, times]) => `${times} × ${answer}`);
  if (refused.length > 0) throw new Void(benchmark, `${name} answered ${refused.join(", ")}`);
}

/** One comparison as one line of JSON on standard output; `more` are further fields of its own. */
export function report(
  id: string,
  { baseline, candidate, ratio, ci, n }: Comparison,
  more: Readonly<Record<string, number | string | boolean>> = {},
): void {
  const line = {
    id,
    baseline: rounded(baseline),
    candidate: rounded(candidate),
    ratio: rounded(ratio),
    ci: ci.map(rounded),
    n,
    ...Object.fromEntries(
      Object.entries(more).map(([name, value]) => [
        name,
        typeof value === "number" ? rounded(value) : value,
      ]),
    ),
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

export function reportVoid(id: string, reason: string): void {
  process.stdout.write(`${JSON.stringify({ id, void: reason })}\n`);
}

/** Prints a line of progress on standard error. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Three digits after the point for small numbers, none for large ones. */
export function rounded(value: number): number {
  return Number(Math.abs(value) >= 1_000 ? value.toFixed(0) : value.toFixed(3));
}
