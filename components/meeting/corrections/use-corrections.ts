import { useEffect, useRef, useState } from "react";
import { useLive } from "#components/live/live-provider.tsx";
import { type Correction, correctionsOf } from "#domain/correction.ts";
import type { Ms } from "#domain/event.ts";
import type { MeetingStory } from "#domain/meeting.ts";

/** A correction, and when the page made it. */
export interface Said {
  key: number;
  at: Ms;
  correction: Correction;
}

/** What stood on the page for less than this was never said: providers tell some things in two breaths. */
const STOOD_MS = 5_000;
const REMEMBERED_MS = 180_000;
const MOST_REMEMBERED = 50;

/**
 * What the page said of the past and says otherwise now, newest first, for some minutes or until it is
 * dismissed. `lens` is what else the story depends on: looking at it otherwise corrects nothing.
 */
export function useCorrections(
  story: MeetingStory,
  lens: unknown,
): { said: readonly Said[]; dismiss: () => void } {
  const { clock } = useLive();
  const before = useRef<{ story: MeetingStory; lens: unknown; at: Ms } | null>(null);
  const count = useRef(0);
  const [said, setSaid] = useState<readonly Said[]>([]);

  useEffect(() => {
    const at = clock.exactly();
    const known = before.current;
    before.current = { story, lens, at };
    if (known === null || known.story === story || known.lens !== lens) return;
    const fresh = correctionsOf(known.story, story, known.at - STOOD_MS).map((correction) => {
      count.current += 1;
      return { key: count.current, at, correction };
    });
    if (fresh.length > 0) setSaid((all) => [...fresh, ...all].slice(0, MOST_REMEMBERED));
  }, [story, lens, clock]);

  const oldest = said.at(-1)?.at ?? null;
  useEffect(() => {
    if (oldest === null) return undefined;
    const forget = () =>
      setSaid((all) => all.filter(({ at }) => at > clock.exactly() - REMEMBERED_MS));
    const timer = setTimeout(forget, Math.max(0, oldest + REMEMBERED_MS - clock.exactly()) + 1);
    return () => clearTimeout(timer);
  }, [oldest, clock]);

  return { said, dismiss: () => setSaid([]) };
}
