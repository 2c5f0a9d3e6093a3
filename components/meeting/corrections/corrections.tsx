"use client";

import { memo, useDeferredValue } from "react";
import { Later } from "#components/ui/lazy/later.tsx";
import { Part } from "#components/ui/lazy/part.ts";
import type { MeetingStory } from "#domain/meeting.ts";
import type { PersonStory } from "#domain/story.ts";
import type { MeetingFacts } from "#domain/wire.ts";
import { type Announced, useCorrections } from "./use-corrections.ts";

const correctionsLine = new Part(() =>
  import("./corrections-line.tsx").then((read) => read.CorrectionsLine),
);

export interface Announcements {
  announced: readonly Announced[];
  people: readonly PersonStory[];
  onChoose: (personId: string) => void;
  onDismiss: () => void;
}

/**
 * One quiet line about what the page had said of the past and says otherwise now; read out once. It is looked for
 * after what was told is on the screen: to compare a thousand people costs as much as to tell of them.
 */
export const Corrections = memo(function Corrections({
  onChoose,
  ...told
}: Pick<Announcements, "onChoose"> & { facts: MeetingFacts; story: MeetingStory }) {
  const facts = useDeferredValue(told.facts);
  const story = useDeferredValue(told.story);
  const { announced, dismiss } = useCorrections(facts, story);
  const line = { announced, people: story.people, onChoose, onDismiss: dismiss };
  return (
    <div role="status" aria-live="polite">
      {announced.length > 0 && <Later part={correctionsLine} props={line} />}
    </div>
  );
});
