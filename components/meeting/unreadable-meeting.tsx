"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { Notice } from "#components/ui/notice.tsx";
import { unreadableWords } from "#components/words/unreadable-words.ts";
import type { StoppingEvent } from "#domain/event/recorded.ts";

const LOOK_AGAIN_MS = 5_000;

/** In place of a meeting with an event that cannot be read: which, and what becomes of the meeting. Looks again by itself. */
export function UnreadableMeeting({ event }: { event: StoppingEvent }) {
  const { refresh } = useRouter();
  useEffect(() => {
    const timer = setInterval(refresh, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [refresh]);
  const { why, until } = unreadableWords(event);
  return (
    <Notice title="This meeting cannot be read" way={{ href: "/meetings", words: "All meetings" }}>
      Its event {event.seq} {why}. What comes for its room is kept, and the meeting is shown by
      itself once {until}.
    </Notice>
  );
}
