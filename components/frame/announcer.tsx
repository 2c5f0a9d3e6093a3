"use client";

import { useState } from "react";
import { useLiveParts } from "#components/sync/live-provider.tsx";
import { useIsAtRest } from "#components/sync/use-is-at-rest.ts";
import { useLive } from "#components/sync/use-live.ts";
import { LazyPart, useLazyPart } from "#components/ui/lazy/part.ts";

const part = new LazyPart(() =>
  import("./announced-words.tsx").then((read) => read.AnnouncedWords),
);

/**
 * Announces what happens to screen readers, politely. What finds the words comes once the page is at rest, and tells
 * then what has happened since it was opened.
 */
export function Announcer() {
  const { recording } = useLiveParts();
  const happened = useLive((snapshot) => snapshot.happened);
  const [opened] = useState(() => ({ happened, recording: recording.get() }));
  const { value: AnnouncedWords } = useLazyPart(part, useIsAtRest());
  return (
    <div role="log" aria-live="polite" aria-label="What happens" className="sr-only print:hidden">
      {AnnouncedWords !== null && <AnnouncedWords opened={opened} />}
    </div>
  );
}
