"use client";

import { Later } from "#components/ui/lazy/later.tsx";
import { Part } from "#components/ui/lazy/part.ts";
import type { PersonStory } from "#domain/story.ts";
import type { Announced } from "./use-corrections.ts";

const correctionsLine = new Part(() =>
  import("./corrections-line.tsx").then((read) => read.CorrectionsLine),
);

export interface Announcements {
  announced: readonly Announced[];
  people: readonly PersonStory[];
  onChoose: (personId: string) => void;
  onDismiss: () => void;
}

/** One quiet line about what the page had said of the past and says otherwise now; read out once. */
export function Corrections({ announced, ...rest }: Announcements) {
  return (
    <div role="status" aria-live="polite">
      {announced.length > 0 && <Later part={correctionsLine} props={{ announced, ...rest }} />}
    </div>
  );
}
