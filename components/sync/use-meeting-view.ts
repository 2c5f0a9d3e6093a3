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
 * The view of a meeting, projected again when its facts change and when time alone changes it (`staleAt`). Running
 * durations are left to the components that show them.
 */
export function useMeetingView(facts: MeetingFacts): MeetingView {
  const { clock } = useLiveParts();
  const [projectAt, setProjectAt] = useState<Ms>(0);
  const [projection] = useState(() => new ViewProjector());
  const view = useMemo(() => projection.project(facts, projectAt), [projection, facts, projectAt]);
  const { staleAt } = view;
  useEffect(() => {
    if (staleAt === null) return undefined;
    const wait = Math.min(Math.max(staleAt - clock.exactly(), 0) + 1, LONGEST_TIMER_MS);
    const timer = setTimeout(() => setProjectAt(clock.exactly()), wait);
    return () => clearTimeout(timer);
  }, [staleAt, clock]);
  return view;
}

/** Projects the facts of one meeting. Events that were read before are neither parsed nor projected again. */
class ViewProjector {
  readonly #projection = new MeetingProjection();
  #records: readonly Recorded[] = [];
  #events: readonly MeetingEvent[] = [];

  /** As of the server's last push, or `projectAt` where that is later. */
  project(facts: MeetingFacts, projectAt: Ms): MeetingView {
    const now = Math.max(fromWireTime(facts.as_of), projectAt);
    return this.#projection.project(
      this.#read(facts.events),
      facts.rules,
      now,
      roomContextOf(facts),
    );
  }

  #read(records: readonly Recorded[]): readonly MeetingEvent[] {
    const isMore = this.#records.every((record, index) => record === records[index]);
    const previous = isMore ? this.#events : [];
    this.#events = [...previous, ...records.slice(previous.length).map(toEvent)];
    this.#records = records;
    return this.#events;
  }
}
