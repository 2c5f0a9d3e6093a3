"use client";

import { usePathname } from "next/navigation";
import { useEffect, useMemo, useRef, useState } from "react";
import { useLive } from "#components/live/live-provider.tsx";
import { useFloor } from "#components/live/use-floor.ts";
import { type Freshness, useFreshness } from "#components/live/use-freshness.ts";
import { useTrouble } from "#components/live/use-trouble.ts";
import { grouped } from "#components/words/count.ts";
import {
  announce,
  beginAnnouncing,
  dueAt,
  hearHappened,
  hearState,
  type Looking,
} from "#domain/announcing.ts";
import { mayBeOff, type Recording } from "#domain/recording.ts";
import { haltWords } from "#domain/refusal-words.ts";

/** Read out by then; what stays would only be in the way of whoever reads the page. */
const STANDS_FOR_MS = 7_000;

/** Says what happens to whoever does not look at the screen: politely, in few words, and seldom. */
export function Announcer() {
  const { clock, openedAt } = useLive();
  const looking = useLooking();
  const happened = useFloor((floor) => floor.happened);
  const connection = connectionWords(useFreshness());
  const { now: _, ...trouble } = useTrouble();
  const recording = recordingWords(trouble, clock.now());
  const [words, setWords] = useState("");
  const announcing = useRef(beginAnnouncing(happened, { connection: LEVEL, recording }, openedAt));
  // Whatever is drawn may have brought something to say; what is pushed is in the cache only once.
  const heard = useMemo(
    () => ({ looking, happened, connection, recording }),
    [looking, happened, connection, recording],
  );

  useEffect(() => {
    const { looking, happened, connection, recording } = heard;
    const now = clock.exactly();
    let next = hearHappened(announcing.current, happened, looking, now);
    if (connection !== null) next = hearState(next, "connection", connection, now);
    next = hearState(next, "recording", recording, now);
    announcing.current = next;
    const due = dueAt(next);
    if (due === null) return undefined;
    const timer = setTimeout(() => {
      const said = announce(announcing.current, Math.max(due, clock.exactly()));
      announcing.current = said.next;
      if (said.words !== null) setWords(said.words);
    }, due - now);
    return () => clearTimeout(timer);
  }, [heard, clock]);

  useEffect(() => {
    if (words === "") return undefined;
    const timer = setTimeout(() => setWords(""), STANDS_FOR_MS);
    return () => clearTimeout(timer);
  }, [words]);

  return (
    <div role="log" aria-live="polite" aria-label="What happens" className="sr-only print:hidden">
      {words}
    </div>
  );
}

const LEVEL = "Connected to the server again.";

/** `null` where it is too early to say anything. */
function connectionWords({ state }: Freshness): string | null {
  switch (state) {
    case "live":
      return LEVEL;
    case "stale":
      return "No connection to the server. What you see is out of date.";
    case "connecting":
    case "reconnecting":
      return null;
    default:
      return state satisfies never;
  }
}

function recordingWords(
  { halted, behind, refused, more }: Pick<Recording, "halted" | "behind" | "refused" | "more">,
  now: number,
): string {
  if (halted !== null) return `Nothing is recorded: ${haltWords(halted.reason)}.`;
  if (behind !== null) return "What you see is behind.";
  const [first, ...others] = refused;
  if (first === undefined) return "Webhooks are recorded again.";
  if (others.length + more > 0) {
    return `Webhooks of ${grouped(refused.length + more)} sources are refused.`;
  }
  const { name } = first.source;
  return mayBeOff(first, now)
    ? `The webhook of ${name} may be switched off.`
    : `Webhooks of ${name} are refused.`;
}

function useLooking(): Looking {
  const pathname = usePathname() ?? "/";
  return useMemo(() => {
    if (pathname === "/") return { kind: "floor" };
    const [, id] = /^\/meetings\/([^/]+)$/.exec(pathname) ?? [];
    return id === undefined ? { kind: "other" } : { kind: "meeting", id };
  }, [pathname]);
}
