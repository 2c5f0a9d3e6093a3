import type { Ms } from "#domain/time/ms.ts";
import type { EndingProgress } from "./ending/carry-out.ts";
import type { PlayProgress } from "./play.ts";

/** Where progress is shown: a terminal, or a file that wants whole lines. */
export interface Stream {
  write(text: string): unknown;
  isTTY?: boolean;
  columns?: number;
}

export interface ProgressLine {
  update(progress: PlayProgress | EndingProgress): void;
  /** Shows the last state and leaves the line. */
  end(): void;
}

const ON_TERMINAL: Ms = 100;
const ELSEWHERE: Ms = 5_000;
const CLEAR_LINE = "\r\u001b[2K";

/** One line that changes in place on a terminal, and a line every few seconds elsewhere. */
export function progressLine(stream: Stream, now: () => Ms = Date.now): ProgressLine {
  const onTerminal = stream.isTTY === true;
  const pace = onTerminal ? ON_TERMINAL : ELSEWHERE;
  let shownAt = onTerminal ? -Infinity : now();
  let last: PlayProgress | EndingProgress | null = null;
  const show = (progress: PlayProgress | EndingProgress) => {
    const line = "answers" in progress ? playText(progress) : endingText(progress);
    // A line that wraps could not be cleared.
    const room = Math.max(20, (stream.columns ?? 80) - 1);
    stream.write(onTerminal ? `${CLEAR_LINE}${line.slice(0, room)}` : `${line}\n`);
    shownAt = now();
  };
  return {
    update(progress) {
      last = progress;
      if (now() - shownAt >= pace) show(progress);
    },
    end() {
      if (last === null) return;
      show(last);
      if (onTerminal) stream.write("\n");
      last = null;
    },
  };
}

function endingText({ sent, total }: EndingProgress): string {
  return `Ending what it began: ${sent}/${total} sent`;
}

function playText({ answers, total, perSecond, live, playedMs, lengthMs }: PlayProgress): string {
  const trouble = answers.refused + answers.failed + answers.unreadable;
  return [
    `${answers.sent}/${total} sent`,
    `${perSecond < 10 ? perSecond.toFixed(1) : Math.round(perSecond)}/s`,
    `${live} ${live === 1 ? "meeting" : "meetings"} live`,
    `${clock(playedMs)} of ${clock(lengthMs)}`,
    ...(trouble === 0 ? [] : [`${trouble} not taken`]),
  ].join(" · ");
}

function clock(ms: Ms): string {
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
