"use client";

import { useNow } from "#components/live/use-now.ts";
import { formatDuration } from "#components/words/duration.ts";
import { lengthMs } from "#domain/interval.ts";
import type { PersonStory } from "#domain/story.ts";
import { isEndInferred, waitedMs } from "./person-words.ts";

/** How long somebody attended; for whoever was never in, how long they waited. */
export function LaneTime({ person }: { person: PersonStory }) {
  const runs = person.status === "present" || person.status === "waiting";
  return runs ? <RunningTime person={person} /> : timeAt(person, 0);
}

function RunningTime({ person }: { person: PersonStory }) {
  return timeAt(person, useNow());
}

function timeAt(person: PersonStory, now: number): string {
  const ms =
    person.status === "waiting" || person.firstJoinedAt === null
      ? waitedMs(person, now)
      : lengthMs(person.attended, now);
  return `${isEndInferred(person) ? "≈ " : ""}${formatDuration(ms)}`;
}
