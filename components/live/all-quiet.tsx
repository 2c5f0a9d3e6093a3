"use client";

import { useLive } from "#components/sync/use-live.ts";
import { useNow } from "#components/sync/use-now.ts";
import { useTodaysClockFormat } from "#components/sync/use-todays-clock-format.ts";
import { agoWords } from "#components/words/ago-words.ts";
import { fromWireTime } from "#domain/time/wire-time.ts";

/** Shown where there are sources and no meeting is in progress. */
export function AllQuiet() {
  const lastEventAt = useLive((live) => live.last_event_at);
  return (
    <div className="grid justify-items-center gap-1 px-6 py-14 text-center">
      <svg viewBox="0 0 120 26" aria-hidden="true" className="mb-3 w-40">
        <path d="M0 20H120" className="stroke-line" strokeWidth="1.5" />
        <path
          d="M0 20h18v-8h14v-6h16v8h12v6h60"
          className="fill-none stroke-present opacity-60"
          strokeWidth="1.5"
        />
      </svg>
      <p className="font-strong">All quiet</p>
      <p className="max-w-sm text-ink-2">
        No meeting is in progress. The next one appears here the moment somebody joins or knocks.
      </p>
      {lastEventAt !== null && (
        <p className="num mt-1 text-note text-ink-3">
          Last event <Ago at={fromWireTime(lastEventAt)} />
        </p>
      )}
    </div>
  );
}

function Ago({ at }: { at: number }) {
  return agoWords(at, useNow(), useTodaysClockFormat());
}
