"use client";

import { useNow } from "#components/sync/use-now.ts";
import { formatDuration } from "#components/words/duration.ts";
import { URGENCY_MARKS, urgencyWords } from "#components/words/wait-level.ts";
import { limitsIn, urgencyIn } from "#domain/desk/groups/house-rules.ts";
import type { LiveMeeting } from "#domain/live/wire.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { WaitUrgency } from "#domain/waits/wait-limits.ts";
import { useWaitTarget } from "./use-wait-target.ts";

const LOOKS: Record<WaitUrgency, string> = {
  closed: "bg-sunken text-ink-2",
  fresh: "bg-waiting-soft text-waiting-ink",
  amber: "bg-waiting-soft text-waiting-ink ring-[1.5px] ring-waiting ring-inset",
  red: "bg-late text-on-late",
  urgent: "bg-late text-on-late ring-2 ring-late ring-offset-2 ring-offset-surface",
};

/** The minutes a person waits, in a room with these rules. Four marks below them show how urgent that is. */
export function WaitTile({ since, house }: { since: Ms; house: LiveMeeting["house"] }) {
  const now = useNow();
  const waited = Math.max(0, now - since);
  const targetMs = useWaitTarget();
  const urgency = urgencyIn(house, since, now, targetMs);
  const words = urgencyWords(urgency, limitsIn(house, targetMs));
  const text = formatDuration(waited);
  return (
    <span
      title={words}
      className={`num grid justify-items-center gap-1 rounded-[9px] py-1.25 font-heading tracking-title transition-colors ${text.length > 5 ? "text-dense" : "text-large"} ${LOOKS[urgency]}`}
    >
      <span className="leading-tight">{text}</span>
      <span aria-hidden className="flex gap-0.75">
        {[1, 2, 3, 4].map((mark) => (
          <span
            key={mark}
            className={`h-0.75 w-2 rounded-full bg-current ${mark <= URGENCY_MARKS[urgency] ? "" : "opacity-20"}`}
          />
        ))}
      </span>
      <span className="sr-only">{words}</span>
    </span>
  );
}
