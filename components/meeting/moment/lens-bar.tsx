"use client";

import type { ChangeLens } from "#components/meeting/lens/use-lens.ts";
import { useFace } from "#components/meeting/parts/use-face.tsx";
import { Later } from "#components/ui/lazy/later.tsx";
import { LazyPart } from "#components/ui/lazy/part.ts";
import { useSettled } from "#components/ui/use-settled.ts";
import type { MeetingView } from "#domain/meeting/meeting.ts";
import type { TimeWindow } from "#domain/meeting/window.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { Axis } from "#domain/timeline/timeline.ts";
import { momentWords } from "./moment-words.ts";

const READ_OUT_AFTER_MS = 500;

const bars = new LazyPart(() => import("./lens-bars.tsx").then((read) => read.LensBars));

/** The meeting, and the moment and window shown instead of now. */
export interface Looked {
  story: MeetingView;
  axis: Axis;
  at: Ms | null;
  window: TimeWindow | null;
  graceMs: Ms;
  onChange: ChangeLens;
}

/** Shows the moment and the window, and leads back to now; renders nothing while the page is simply live. */
export function LensBar(looked: Looked) {
  const { story: view, at, window, graceMs } = looked;
  const clockFormat = useFace();
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
