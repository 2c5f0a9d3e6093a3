import type { Ms } from "#domain/time/ms.ts";

const REPORT_EVERY_MS: Ms = 5_000;

/** Counts how far a long job has come. */
export interface JobProgress {
  add(count: number): void;
}

/** Where progress is reported, and the clock for it. */
export interface ProgressReporter {
  say: (line: string) => void;
  now: () => Ms;
}

/**
 * Reports at once and every few seconds how far the work has come, also while nothing is added: `1,200 of 90,000
 * events projected again, about 3 min left`. Reports nothing where the total is 0.
 */
export function withProgress<T>(
  total: number,
  what: string,
  { say, now }: ProgressReporter,
  work: (progress: JobProgress) => Promise<T>,
): Promise<T> {
  const begun = now();
  let done = 0;
  const line = () => {
    // The total may have grown meanwhile: then at least what is done is known.
    const all = Math.max(done, total);
    const leftMs = done === 0 ? null : ((now() - begun) * (all - done)) / done;
    say(`${grouped(done)} of ${grouped(all)} ${what}${leftMs === null ? "" : left(leftMs)}`);
  };
  const add = (count: number) => {
    done += count;
  };
  return reporting(total === 0 ? () => undefined : line, () => work({ add }));
}

/** Reports at once what is waited for, and every few seconds for how long: for one long query without a count. */
export function withElapsed<T>(
  what: string,
  { say, now }: ProgressReporter,
  work: () => Promise<T>,
): Promise<T> {
  const begun = now();
  return reporting(() => {
    const seconds = Math.round((now() - begun) / 1_000);
    say(seconds === 0 ? what : `${what}, ${seconds} s so far`);
  }, work);
}

async function reporting<T>(line: () => void, work: () => Promise<T>): Promise<T> {
  line();
  const timer = setInterval(line, REPORT_EVERY_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

function left(ms: Ms): string {
  const minutes = Math.round(ms / 60_000);
  if (ms < 1_000) return "";
  if (minutes < 1) return `, about ${Math.ceil(ms / 1_000)} s left`;
  return minutes < 120
    ? `, about ${minutes} min left`
    : `, about ${Math.round(minutes / 60)} h left`;
}

function grouped(count: number): string {
  return count.toLocaleString("en");
}
