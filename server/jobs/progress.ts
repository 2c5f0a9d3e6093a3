import type { Ms } from "#domain/time/ms.ts";

const SAY_EVERY_MS: Ms = 5_000;

/** Counts how far something long has come. */
export interface JobProgress {
  add(count: number): void;
}

/** To whom it is said, and by which clock. */
export interface ProgressReporter {
  say: (line: string) => void;
  now: () => Ms;
}

/**
 * Says at once and every few seconds how far the work has come, also while nothing is added: `1,200 of 90,000
 * events told again, about 3 min left`. Nothing is said of a total of nothing.
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
    // More may come meanwhile: then what is done is all that is known.
    const all = Math.max(done, total);
    const leftMs = done === 0 ? null : ((now() - begun) * (all - done)) / done;
    say(`${grouped(done)} of ${grouped(all)} ${what}${leftMs === null ? "" : left(leftMs)}`);
  };
  const add = (count: number) => {
    done += count;
  };
  return saying(total === 0 ? () => undefined : line, () => work({ add }));
}

/** Says at once what is waited for, and every few seconds since when: one long query, of which no more is known. */
export function withElapsed<T>(
  what: string,
  { say, now }: ProgressReporter,
  work: () => Promise<T>,
): Promise<T> {
  const begun = now();
  return saying(() => {
    const seconds = Math.round((now() - begun) / 1_000);
    say(seconds === 0 ? what : `${what}, ${seconds} s so far`);
  }, work);
}

async function saying<T>(line: () => void, work: () => Promise<T>): Promise<T> {
  line();
  const timer = setInterval(line, SAY_EVERY_MS);
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
