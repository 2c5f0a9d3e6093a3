"use client";

import { useClockFormat } from "#components/meeting/parts/use-clock-format.tsx";
import { Later } from "#components/ui/lazy/later.tsx";
import { LazyPart } from "#components/ui/lazy/part.ts";
import { useSettled } from "#components/ui/use-settled.ts";
import type { Looked } from "./looked.ts";
import { momentWords } from "./moment-words.ts";

const READ_OUT_AFTER_MS = 500;

const bars = new LazyPart(() => import("./lens-bars.tsx").then((read) => read.LensBars));

/** Shows the moment and the window, and leads back to now; renders nothing while the page is simply live. */
export function LensBar(looked: Looked) {
  const { view, at, window, graceMs } = looked;
  const clockFormat = useClockFormat();
  const settledAt = useSettled(at, READ_OUT_AFTER_MS);
  return (
    <div className="sticky bottom-4 z-20 mt-5 flex flex-col items-center gap-2 print:hidden">
      {(at !== null || window !== null) && <Later part={bars} props={looked} />}
      <p role="status" className="sr-only">
        {settledAt !== null &&
          at !== null &&
          `As of ${momentWords(view, settledAt, graceMs, clockFormat)}`}
      </p>
    </div>
  );
}
