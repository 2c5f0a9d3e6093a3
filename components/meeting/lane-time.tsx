"use client";

import { useNow } from "#components/sync/use-now.ts";
import { boundedLength } from "#components/words/certainty-words.ts";
import { formatDuration } from "#components/words/duration.ts";
import { surenessOf, waitedMs } from "#domain/meeting/certainty.ts";
import { personAsOf, statusAt } from "#domain/meeting/moment.ts";
import type { PersonView } from "#domain/meeting/person-view.ts";
import { type TimeWindow, timeWithin } from "#domain/meeting/window.ts";
import { lengthMs } from "#domain/time/interval.ts";
import type { Ms } from "#domain/time/ms.ts";

/**
 * How long a person attended, up to now or to the moment shown, or in the window; for a person who was never in, how
 * long they waited.
 */
export function LaneTime({
  person,
  at,
  window,
}: {
  person: PersonView;
  at: Ms | null;
  window: TimeWindow | null;
}) {
  if (window !== null) return timeIn(person, window);
  if (at !== null) {
    return statusAt(person, at) === "not_yet" ? "–" : timeAt(personAsOf(person, at), at);
  }
  const runs = person.status === "present" || person.status === "waiting";
  return runs ? <RunningTime person={person} /> : timeAt(person, 0);
}

function RunningTime({ person }: { person: PersonView }) {
  return timeAt(person, useNow());
}

function timeIn(person: PersonView, window: TimeWindow): string {
  const within = timeWithin(person, window);
  if (within === null) return "–";
  return formatDuration(within.wasIn ? within.attendedMs : within.waitedMs);
}

function timeAt(person: PersonView, now: Ms): string {
  const { status, firstJoinedAt, waits, visits } = person;
  if (status === "waiting" || firstJoinedAt === null) {
    const isKnown = waits.some(({ outcome }) => outcome !== "unknown");
    return isKnown ? formatDuration(waitedMs(waits, now)) : "?";
  }
  return boundedLength(formatDuration(lengthMs(person.attended, now)), surenessOf(visits).attended);
}
