"use client";

import Link from "next/link";
import { useLive } from "#components/live/live-provider.tsx";
import { Card } from "#components/ui/card.tsx";
import { PersonName } from "#components/ui/person-name.tsx";
import { ClockFace } from "#components/words/clock-face.ts";
import { counted } from "#components/words/count.ts";
import type { ScheduledHeld } from "#domain/history/expected/pages.ts";
import { calledBy } from "#domain/history/expected/scheduled.ts";
import { OutcomePill } from "./outcome-pill.tsx";
import { useKeptFresh } from "./use-kept-fresh.ts";
import { timesWords } from "./words.ts";

const NO_ROOMS: readonly [] = [];
const NOTHING_HEARD = {};

/** On the page of a meeting: what it was scheduled as, and the way to who was expected. */
export function ExpectedCard({ held }: { held: readonly ScheduledHeld[] }) {
  const { timeZone } = useLive();
  const face = ClockFace.in(timeZone);
  const due = held.flatMap(({ scheduled, outcome }) =>
    outcome === null ? [scheduled.startsAt + scheduled.verdictAfterMs] : [],
  );
  // The rest of the page follows by itself; the verdict is read when it is due.
  useKeptFresh(NO_ROOMS, NOTHING_HEARD, due.length > 0 ? Math.min(...due) : null);
  if (held.length === 0) return null;
  return (
    <Card title="Expected">
      <ul className="grid gap-3 px-4.5 py-3 text-[13px]">
        {held.map(({ scheduled, counts, outcome }) => (
          <li key={scheduled.id} className="grid gap-1">
            <Link
              href={`/expected/${scheduled.id}`}
              className="flex min-w-0 font-[560] hover:underline"
            >
              <PersonName name={calledBy(scheduled)} className="min-w-0" />
            </Link>
            <span className="num text-ink-2">{timesWords(scheduled, face)}</span>
            <span className="flex flex-wrap items-center gap-x-2 gap-y-1 text-ink-2">
              {counted(counts.people, "person", "people")} expected
              <OutcomePill
                outcome={outcome}
                at={scheduled.startsAt + scheduled.verdictAfterMs}
                face={face}
              />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
