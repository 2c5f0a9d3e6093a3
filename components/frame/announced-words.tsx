"use client";

import { usePathname } from "next/navigation";
import { useEffect, useMemo, useRef, useState } from "react";
import { type Freshness, freshnessOf } from "#components/sync/freshness.ts";
import { type LiveParts, useLiveParts } from "#components/sync/live-provider.tsx";
import { useFreshness } from "#components/sync/use-freshness.ts";
import { useLive } from "#components/sync/use-live.ts";
import { useTrouble } from "#components/sync/use-trouble.ts";
import { grouped } from "#components/words/count.ts";
import {
  type Announcing,
  announce,
  announceHappenings,
  announceState,
  beginAnnouncing,
  dueAt,
  type Looking,
} from "#domain/live/announcing.ts";
import { haltWords } from "#domain/live/halt-words.ts";
import { mayBeOff, type Recording, type Trouble, troubleAt } from "#domain/live/recording.ts";
import type { Happening } from "#domain/live/wire.ts";
import type { Ms } from "#domain/time/ms.ts";

/** The text is read out by then; if it stayed, a screen reader would meet it again on the page. */
const STANDS_FOR_MS = 7_000;

/** What the page showed when it was opened: what was so then is not announced. */
export interface OpenedWith {
  happened: readonly Happening[];
  recording: Recording;
}

/** What is to be read out now, of all that happened since the page was opened: in few words, and seldom. */
export function AnnouncedWords({ opened }: { opened: OpenedWith }) {
  const live = useLiveParts();
  const looking = useLooking();
  const happened = useLive((snapshot) => snapshot.happened);
  const connection = connectionWords(useFreshness());
  const { now, ...trouble } = useTrouble();
  const recording = recordingWords(trouble, now);
  const [words, setWords] = useState("");
  const announcing = useRef(
    beginAnnouncing(
      opened.happened,
      { connection: LEVEL, recording: wordsOf(opened.recording, live.openedAt) },
      live.openedAt,
    ),
  );
  // Every rendering may have brought an announcement: a push stays in the cache and is not delivered twice.
  const shown = useMemo(
    () => ({ looking, happened, connection, recording }),
    [looking, happened, connection, recording],
  );

  useEffect(() => {
    const { looking, happened } = shown;
    const now = live.clock.exactly();
    const next = announceHappenings(announcing.current, happened, looking, now);
    announcing.current = readStates(next, live, now);
    const due = dueAt(announcing.current);
    if (due === null) return undefined;
    const timer = setTimeout(() => {
      // As of now: a later change may not have been rendered yet.
      const at = Math.max(due, live.clock.exactly());
      const announcement = announce(readStates(announcing.current, live, at), at);
      announcing.current = announcement.next;
      if (announcement.words !== null) setWords(announcement.words);
    }, due - now);
    return () => clearTimeout(timer);
  }, [shown, live]);

  useEffect(() => {
    if (words === "") return undefined;
    const timer = setTimeout(() => setWords(""), STANDS_FOR_MS);
    return () => clearTimeout(timer);
  }, [words]);

  return words;
}

function readStates(announcing: Announcing, { link, recording }: LiveParts, now: Ms): Announcing {
  const connection = connectionWords(freshnessOf(link.get(), now));
  const words = wordsOf(recording.get(), now);
  return announceState(
    announceState(announcing, "connection", connection, now),
    "recording",
    words,
    now,
  );
}

const LEVEL = "Connected to the server again.";

/** `null` while it is uncertain: too early to announce a loss, and too late to announce what was before. */
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

function wordsOf(report: Recording, at: Ms): string {
  return recordingWords({ ...troubleAt(report, at), more: report.more }, at);
}

function recordingWords(
  { halted, behind, stopped, off, refused, more }: Trouble & Pick<Recording, "more">,
  now: number,
): string {
  if (halted !== null) return `Nothing is recorded: ${haltWords(halted.reason)}.`;
  if (behind !== null) return "What you see is behind.";
  if (stopped !== null) return "Some rooms are out of date.";
  const [lost] = off;
  if (lost !== undefined) return `The webhook of ${lost.source.name} is switched off.`;
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
