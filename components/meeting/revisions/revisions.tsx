"use client";

import { memo, useDeferredValue } from "react";
import { Later } from "#components/ui/lazy/later.tsx";
import { LazyPart } from "#components/ui/lazy/part.ts";
import type { MeetingView } from "#domain/meeting/meeting.ts";
import type { MeetingFacts } from "#domain/meeting/meeting-facts.ts";
import type { Announcements } from "./announcements.ts";
import { useRevisions } from "./use-revisions.ts";

const correctionsLine = new LazyPart(() =>
  import("./revisions-line.tsx").then((read) => read.RevisionsLine),
);

/**
 * One quiet line about what the page had shown of the past and shows otherwise now; read out once. Revisions are looked
 * for after the new view is on the screen: to compare a thousand people costs as much as to project them.
 */
export const Revisions = memo(function Revisions({
  onChoose,
  ...given
}: Pick<Announcements, "onChoose"> & { facts: MeetingFacts; view: MeetingView }) {
  const facts = useDeferredValue(given.facts);
  const view = useDeferredValue(given.view);
  const { announced, dismiss } = useRevisions(facts, view);
  const line = { announced, people: view.people, onChoose, onDismiss: dismiss };
  return (
    <div role="status" aria-live="polite">
      {announced.length > 0 && <Later part={correctionsLine} props={line} />}
    </div>
  );
});
