"use client";

import { WifiOff } from "lucide-react";
import type { ReactNode } from "react";
import { SharedFreshness } from "#components/access/shares/page/shared-freshness.tsx";
import { SharedPage } from "#components/access/shares/page/shared-page.tsx";
import { Standstill } from "#components/frame/standstill.tsx";
import { usePageTime } from "#components/sync/page-time.ts";
import { useFreshness } from "#components/sync/use-freshness.ts";
import { useServerTime } from "#components/sync/use-now.ts";
import { useTodaysClockFormat } from "#components/sync/use-todays-clock-format.ts";
import { useTrust } from "#components/sync/use-trust.ts";
import { BrandMark } from "#components/ui/brand-mark.tsx";
import { PageName } from "#components/ui/page-head.tsx";
import { PageTitle } from "#components/ui/page-title.tsx";
import { ClockFormat } from "#components/words/clock-format.ts";
import { haltWords } from "#domain/live/halt-words.ts";
import { fromWireTime } from "#domain/time/wire-time.ts";
import type { Wallboard } from "./board.ts";
import { useWakeLock } from "./use-wake-lock.ts";
import { WallNumbers } from "./wall-numbers.tsx";
import { WallWaiting } from "./wall-waiting.tsx";

const schema = async () => (await import("#server/access/shares/schema.ts")).wallboard;
const MINUTE_MS = 60_000;

/** The numbers of now and today, and who waits, on a screen that nobody touches. */
export function WallboardScreen({
  token,
  opened,
  timeZone,
  theme,
}: {
  token: string;
  opened: Wallboard;
  timeZone: string;
  /** `null` for the one of the system. */
  theme: "light" | "dark" | null;
}) {
  useWakeLock();
  return (
    <div
      className="min-h-dvh bg-ground text-ink"
      style={{ colorScheme: theme ?? "light dark" }}
      data-wallboard
    >
      <SharedPage
        opened={opened}
        path={`/wallboards/${encodeURIComponent(token)}`}
        schema={schema}
        timeZone={timeZone}
      >
        {(board) => <Board board={board} />}
      </SharedPage>
    </div>
  );
}

function Board({ board }: { board: Wallboard }) {
  const trust = useTrust();
  // What is only reconnecting does not flicker.
  const isDim = trust === "stale" || trust === "halted";
  return (
    <div className="grid min-h-dvh grid-rows-[auto_minmax(0,1fr)] gap-[max(0.75rem,min(1.6vw,2.4vh))] p-[max(1rem,min(1.6vw,2.4vh))] lg:h-dvh lg:overflow-hidden">
      <PageTitle name="Wallboard" waiting={board.waiting} />
      <header className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1">
        <div className="flex items-center gap-[0.6em] text-near">
          <BrandMark className="size-[1.6em]" />
          <PageName title="Right now and today" />
        </div>
        <div className="flex flex-wrap items-center gap-x-6 text-near">
          <SharedFreshness />
          <TimeOfDay />
        </div>
        <Trouble board={board} />
      </header>
      <main
        className={`${isDim ? "text-ink-3" : ""} grid min-h-0 grid-cols-[minmax(0,1fr)] content-start gap-[max(0.75rem,min(1.6vw,2.4vh))] lg:grid-cols-[minmax(0,1.12fr)_minmax(0,1fr)] lg:content-stretch`}
      >
        <Standstill />
        <WallNumbers board={board} isDim={isDim} />
        <WallWaiting board={board} />
      </main>
    </div>
  );
}

/** It goes on while nothing else does: that the screen is not frozen can be seen. */
function TimeOfDay() {
  const { timeZone } = usePageTime();
  const now = useServerTime((at) => Math.floor(at / MINUTE_MS) * MINUTE_MS);
  return (
    <p className="num font-strong text-afar tracking-title">
      {ClockFormat.in(timeZone).minute(now)}
    </p>
  );
}

/** Why what is shown is not from now, in words that are readable from afar. */
function Trouble({ board: { halted } }: { board: Wallboard }) {
  const freshness = useFreshness();
  const clockFormat = useTodaysClockFormat();
  if (freshness.state === "stale") {
    const since = clockFormat.second(freshness.since);
    return <Notice>No connection since {since}. All of this is from then.</Notice>;
  }
  if (halted === null) return null;
  const since = clockFormat.minute(fromWireTime(halted.since));
  return (
    <Notice>
      Nothing is recorded since {since}: {haltWords(halted.reason)}
    </Notice>
  );
}

function Notice({ children }: { children: ReactNode }) {
  return (
    <p
      role="alert"
      className="num flex w-full items-center gap-[0.6em] rounded-card bg-lost-soft px-[1em] py-[0.6em] font-strong text-lost-ink text-near"
    >
      <WifiOff aria-hidden className="size-[1.3em] flex-none" />
      <span>{children}</span>
    </p>
  );
}
