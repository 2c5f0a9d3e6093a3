"use client";

import { useNow } from "#components/sync/use-now.ts";
import { DemoMark } from "#components/ui/demo-mark.tsx";
import { PersonName } from "#components/ui/person-name.tsx";
import { Sign } from "#components/ui/sign.tsx";
import { counted } from "#components/words/count.ts";
import { formatDuration } from "#components/words/duration.ts";
import { urgencyWords } from "#components/words/wait-level.ts";
import { limitsIn, urgencyIn } from "#domain/desk/groups/house-rules.ts";
import { fromWireTime } from "#domain/time/wire-time.ts";
import type { WaitUrgency } from "#domain/waits/wait-limits.ts";
import { DEFAULT_TARGET_MS } from "#domain/waits/waiting-page.ts";
import type { Wallboard } from "./board.ts";

/** So many fit beside the numbers; where they stand below them, there is room for all that are read. */
const BESIDE = 7;

const LOOKS: Record<WaitUrgency, string> = {
  closed: "bg-sunken text-ink-2",
  fresh: "bg-waiting-soft text-waiting-ink",
  amber: "bg-waiting-soft text-waiting-ink ring-3 ring-waiting ring-inset",
  red: "bg-late text-on-late",
  urgent: "bg-late text-on-late ring-4 ring-late ring-offset-4 ring-offset-surface",
};

/** Who waits, in which room and for how long; the longest first. */
export function WallWaiting({ board: { waiting_room: people, waiting } }: { board: Wallboard }) {
  return (
    <section
      aria-label="Waiting room"
      className="flex min-h-0 min-w-0 flex-col overflow-hidden rounded-card border-2 border-line bg-surface"
    >
      <h2 className="num flex items-center gap-[0.5em] border-line border-b-2 px-[1em] py-[0.6em] font-firm text-near text-ink-2">
        <Sign of="hourglass" className="size-[1.1em]" />
        Waiting room
      </h2>
      {people.length === 0 ? (
        <p className="grid grow place-items-center px-[1em] py-[1.5em] text-afar text-ink-2">
          Nobody is waiting
        </p>
      ) : (
        <ul className="min-h-0 divide-y divide-line overflow-hidden">
          {people.map((person, place) => (
            <WaitingRow
              // biome-ignore lint/suspicious/noArrayIndexKey: a row has no state, and two may be called alike.
              key={place}
              person={person}
              isBeside={place < BESIDE}
            />
          ))}
        </ul>
      )}
      <More count={waiting - people.length} className="lg:hidden" />
      <More count={waiting - Math.min(people.length, BESIDE)} className="mt-auto max-lg:hidden" />
    </section>
  );
}

function More({ count, className }: { count: number; className: string }) {
  if (count <= 0) return null;
  return (
    <p
      className={`num flex-none border-line border-t-2 px-[1em] py-[0.5em] text-near text-ink-2 ${className}`}
    >
      and {counted(count, "person", "people")} more
    </p>
  );
}

function WaitingRow({
  person: { name, room, since, returned, hostless, demo, house },
  isBeside,
}: {
  person: Wallboard["waiting_room"][number];
  isBeside: boolean;
}) {
  const [now, startedAt] = [useNow(), fromWireTime(since)];
  const waitedMs = Math.max(0, now - startedAt);
  const urgency = urgencyIn(house, startedAt, now, DEFAULT_TARGET_MS);
  return (
    <li
      className={`grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-[max(0.75rem,1.2vw)] px-[max(0.875rem,1.2vw)] py-[max(0.5rem,1vh)] ${isBeside ? "" : "lg:hidden"}`}
    >
      <span
        className={`num min-w-[4.6ch] rounded-lg px-[0.35em] py-[0.12em] text-center font-heading text-afar tracking-title ${LOOKS[urgency]}`}
      >
        {formatDuration(waitedMs)}
        <span className="sr-only">
          , {urgencyWords(urgency, limitsIn(house, DEFAULT_TARGET_MS))}
        </span>
      </span>
      <div className="min-w-0">
        <p className="flex items-baseline gap-[0.4em] font-strong text-afar">
          <PersonName name={name} className="min-w-0" />
          {returned > 0 && (
            <span className="flex-none font-normal text-near text-ink-2">knocked again</span>
          )}
        </p>
        <p className="flex items-baseline text-near text-ink-2">
          <PersonName name={room} className="min-w-0" />
          <DemoMark source={{ ...(demo && { demo: true }) }} />
          {hostless && (
            <span className="flex-none whitespace-pre font-firm text-lost-ink"> · no host yet</span>
          )}
        </p>
      </div>
    </li>
  );
}
