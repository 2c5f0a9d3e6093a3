"use client";

import { useNow } from "#components/sync/use-now.ts";
import { formatDuration } from "#components/words/duration.ts";
import { levelOf, levelWords, type WaitLevel } from "#components/words/wait-level.ts";
import type { Ms } from "#domain/time/ms.ts";
import { useWaitTarget } from "./use-wait-target.ts";

const LOOKS: Record<WaitLevel, string> = {
  1: "bg-waiting-soft text-waiting-ink",
  2: "bg-waiting-soft text-waiting-ink ring-[1.5px] ring-waiting ring-inset",
  3: "bg-late text-on-late",
};

/** The minutes a person waits. Three marks below them show the level, so that it is not shown by colour alone. */
export function WaitTile({ since }: { since: Ms }) {
  const now = useNow();
  const waited = Math.max(0, now - since);
  const targetMs = useWaitTarget();
  const level = levelOf(waited, targetMs);
  const text = formatDuration(waited);
  return (
    <span
      title={levelWords(level, targetMs)}
      className={`num grid justify-items-center gap-1 rounded-[9px] py-1.25 font-heading tracking-title transition-colors ${text.length > 5 ? "text-dense" : "text-large"} ${LOOKS[level]}`}
    >
      <span className="leading-tight">{text}</span>
      <span aria-hidden className="flex gap-0.75">
        {[1, 2, 3].map((mark) => (
          <span
            key={mark}
            className={`h-0.75 w-2.5 rounded-full bg-current ${mark <= level ? "" : "opacity-20"}`}
          />
        ))}
      </span>
      <span className="sr-only">{levelWords(level, targetMs)}</span>
    </span>
  );
}
