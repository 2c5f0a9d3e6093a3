import type { Ms } from "#domain/time/ms.ts";

/** `m:ss`, from an hour on `h:mm:ss`; hours go on past 24. Never negative. */
export function formatDuration(ms: Ms): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const s = String(seconds % 60).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${s}`;
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}:${s}`;
}

/** `9 s` below a minute, else as `formatDuration`: for short intervals inside a sentence. */
export function formatBetween(ms: Ms): string {
  return ms < 60_000 ? `${Math.max(0, Math.floor(ms / 1000))} s` : formatDuration(ms);
}

/** A round setting: `30 s`, `2 min`, `1 h`. */
export function formatSetting(ms: Ms): string {
  if (ms >= 3_600_000 && ms % 3_600_000 === 0) return `${ms / 3_600_000} h`;
  if (ms >= 60_000 && ms % 60_000 === 0) return `${ms / 60_000} min`;
  return `${Math.round(ms / 1000)} s`;
}

/** How long ago, in one unit: `2 s ago`, `3 min ago`, `2 h ago`, `5 d ago`. */
export function formatAgo(ms: Ms): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`;
  return `${Math.floor(seconds / 86_400)} d ago`;
}
