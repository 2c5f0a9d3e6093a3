"use client";

import type { ReactNode } from "react";
import { useNow } from "#components/sync/use-now.ts";
import { counted, grouped, percent } from "#components/words/count.ts";
import { formatDuration, formatSetting } from "#components/words/duration.ts";
import { fromWireTime } from "#domain/time/wire-time.ts";
import type { Wallboard } from "./board.ts";

/** How a number stands against its target: no target is missed, it is missed, or far missed. */
type Standing = "well" | "missed" | "far missed";

const LOOKS: Record<Standing, string> = {
  well: "border-line bg-surface",
  missed: "border-waiting bg-waiting-soft",
  "far missed": "border-late bg-late text-on-late",
};

/** A wait that is this often as long as the target. */
const FAR = 2.5;
/** More signs than this do not fit in the largest size. */
const LONG = 5;

/** Six numbers, each with its target. While they are not from now, none stands out. */
export function WallNumbers({ board, isDim }: { board: Wallboard; isDim: boolean }) {
  const { present, meetings, waiting, hostless, waiting_without_host: alone, today } = board;
  const { share, met, of } = today.service_level;
  const target = formatSetting(today.target_ms);
  const rate = percent(today.abandonment_rate);
  return (
    <dl
      aria-label="Right now and today"
      className="grid min-h-0 grid-cols-2 gap-[max(0.5rem,min(1.2vw,1.8vh))] lg:grid-rows-3"
    >
      <WallNumber
        label="In meetings"
        note={
          meetings === 0
            ? "no meeting in progress"
            : `in ${counted(meetings, "meeting", "meetings")}`
        }
        standing="well"
      >
        {grouped(present)}
      </WallNumber>
      <WallNumber label="Waiting now" note={waitingNote(waiting, alone)} standing="well">
        {grouped(waiting)}
      </WallNumber>
      <LongestWait board={board} isDim={isDim} />
      <WallNumber
        label="Without a host"
        note={alone > 0 ? `${counted(alone, "person", "people")} waiting there` : "target: none"}
        standing={isDim || hostless === 0 ? "well" : alone > 0 ? "far missed" : "missed"}
      >
        {grouped(hostless)}
      </WallNumber>
      <WallNumber
        label={`Admitted within ${target}, today`}
        note={
          share === null
            ? `no waits yet · target ${percent(today.goal)}`
            : `${grouped(met)} of ${grouped(of)} · target ${percent(today.goal)}`
        }
        standing={isDim || share === null || share >= today.goal ? "well" : "missed"}
      >
        {percent(share, 0) ?? "–"}
      </WallNumber>
      <WallNumber
        label="Left before admitted, today"
        note={rate === null ? "no waits yet" : `${rate} of ${grouped(today.entered)} who waited`}
        standing="well"
      >
        {grouped(today.left_before_admitted)}
      </WallNumber>
    </dl>
  );
}

function waitingNote(waiting: number, alone: number): string {
  if (waiting === 0) return "nobody is waiting";
  return alone === 0 ? "a host is there" : `${grouped(alone)} where no host is`;
}

function LongestWait({
  board: { longest_since, today },
  isDim,
}: {
  board: Wallboard;
  isDim: boolean;
}) {
  const now = useNow();
  const waitedMs = longest_since === null ? null : Math.max(0, now - fromWireTime(longest_since));
  return (
    <WallNumber
      label="Longest wait"
      note={`target: ${formatSetting(today.target_ms)}`}
      standing={isDim ? "well" : standingOf(waitedMs ?? 0, today.target_ms)}
    >
      {waitedMs === null ? "–" : formatDuration(waitedMs)}
    </WallNumber>
  );
}

function standingOf(waitedMs: number, targetMs: number): Standing {
  if (waitedMs <= targetMs) return "well";
  return waitedMs > targetMs * FAR ? "far missed" : "missed";
}

/** One number. That its target is missed is said by its frame, its ground and in words. */
function WallNumber({
  label,
  note,
  standing,
  children,
}: {
  label: string;
  note: string;
  standing: Standing;
  children: ReactNode;
}) {
  const isLong = typeof children === "string" && children.length > LONG;
  const quiet = standing === "far missed" ? "" : "text-ink-2";
  return (
    <div
      className={`flex min-w-0 flex-col justify-center overflow-hidden rounded-card border-2 px-[max(0.875rem,min(1.5vw,2.4vh))] py-[max(0.75rem,1vh)] ${LOOKS[standing]}`}
    >
      <dt className={`font-firm text-near ${quiet}`}>{label}</dt>
      <dd
        className={`num whitespace-nowrap font-heading tracking-number ${isLong ? "text-long" : "text-wall"}`}
      >
        {children}
      </dd>
      <dd className={`num text-near ${quiet}`}>
        {note}
        {standing !== "well" && <span className="font-strong"> · missed</span>}
      </dd>
    </div>
  );
}
