import type { Ms } from "#domain/event.ts";

const SAY_EVERY_MS: Ms = 5_000;

/** Says how far something long has come, every few seconds. */
export interface Progress {
  add(count: number): void;
}

/** `what` follows the counts: `1,200 of 90,000 events told again, about 3 min left`. */
export function progressOf(
  total: number,
  what: string,
  say: (line: string) => void,
  now: () => Ms,
): Progress {
  const begun = now();
  let done = 0;
  let saidAt = begun;
  return {
    add(count) {
      done += count;
      const at = now();
      if (at - saidAt < SAY_EVERY_MS) return;
      saidAt = at;
      // More may come meanwhile: then what is done is all that is known.
      const all = Math.max(done, total);
      const leftMs = done === 0 ? null : ((at - begun) * (all - done)) / done;
      say(`${grouped(done)} of ${grouped(all)} ${what}${leftMs === null ? "" : left(leftMs)}`);
    },
  };
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
