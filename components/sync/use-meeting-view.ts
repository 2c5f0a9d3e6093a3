import { useEffect, useMemo, useState } from "react";
import type { MeetingEvent } from "#domain/event/event.ts";
import { type Recorded, toEvent } from "#domain/event/recorded.ts";
import type { MeetingView } from "#domain/meeting/meeting.ts";
import { type MeetingFacts, roomContextOf } from "#domain/meeting/meeting-facts.ts";
import { MeetingProjection } from "#domain/meeting/meeting-projection.ts";
import type { Ms } from "#domain/time/ms.ts";
import { fromWireTime } from "#domain/time/wire-time.ts";
import { useLiveParts } from "./live-provider.tsx";

const LONGEST_TIMER_MS = 3_600_000;

/**
 * The story of a meeting, told again when its facts change, and when the clock alone changes it. What
 * merely runs on is left to whoever shows it.
 */
export function useMeetingView(facts: MeetingFacts): MeetingView {
  const { clock } = useLiveParts();
  const [tellAt, setTellAt] = useState<Ms>(0);
  const [projection] = useState(() => new Storyteller());
  const view = useMemo(() => projection.tell(facts, tellAt), [projection, facts, tellAt]);
  const { staleAt } = view;
  useEffect(() => {
    if (staleAt === null) return undefined;
    const wait = Math.min(Math.max(staleAt - clock.exactly(), 0) + 1, LONGEST_TIMER_MS);
    const timer = setTimeout(() => setTellAt(clock.exactly()), wait);
    return () => clearTimeout(timer);
  }, [staleAt, clock]);
  return view;
}

/** Tells the facts of one meeting whenever they are others; what it has read and told before it knows. */
class Storyteller {
  readonly #projection = new MeetingProjection();
  #records: readonly Recorded[] = [];
  #events: readonly MeetingEvent[] = [];

  /** As of the last word of the server, or `tellAt` where that is later. */
  tell(facts: MeetingFacts, tellAt: Ms): MeetingView {
    const now = Math.max(fromWireTime(facts.as_of), tellAt);
    return this.#projection.tell(this.#read(facts.events), facts.rules, now, roomContextOf(facts));
  }

  #read(records: readonly Recorded[]): readonly MeetingEvent[] {
    const isMore = this.#records.every((record, index) => record === records[index]);
    const known = isMore ? this.#events : [];
    this.#events = [...known, ...records.slice(known.length).map(toEvent)];
    this.#records = records;
    return this.#events;
  }
}
