import { useCallback, useEffect, useRef, useState } from "react";
import { useLiveParts } from "#components/sync/live-provider.tsx";
import { queryKeys } from "#components/sync/query-keys.ts";
import type { MeetingView } from "#domain/meeting/meeting.ts";
import type { MeetingFacts } from "#domain/meeting/meeting-facts.ts";
import { type Revision, revise } from "#domain/meeting/revision.ts";
import { claimsShownNow, type ShownClaims } from "#domain/meeting/shown-claims.ts";
import type { Ms } from "#domain/time/ms.ts";
import { Attention } from "./attention.ts";

/** A revision on the page, and since when it is announced (epoch ms). */
export interface Announced {
  key: string;
  at: Ms;
  correction: Revision;
}

/** What a page has shown of a meeting, by id and `seq`. Stored beside the facts in the cache: it outlives a merge. */
export interface ShownMemory {
  id: string;
  seq: number;
  said: ShownClaims;
}

/** Announcements stay this long. */
export const SHOWN_MS = 180_000;

/**
 * The revisions of what the page had shown, the latest first, each for `SHOWN_MS` or until it is dismissed.
 */
export function useRevisions(facts: MeetingFacts, view: MeetingView) {
  const { clock, link, cache } = useLiveParts();
  const attention = useRef<Attention | null>(null);
  const [announced, setAnnounced] = useState<readonly Announced[]>([]);

  useEffect(() => {
    const own = new Attention(clock.exactly());
    attention.current = own;
    const readLink = () => own.link(link.get().state, clock.exactly());
    readLink();
    const unsubscribe = [
      link.subscribe(readLink),
      clock.subscribe(() => {
        own.tick(clock.exactly());
        setAnnounced((announcements) => withoutOld(announcements, clock.now()));
      }),
    ];
    return () => {
      for (const stop of unsubscribe) stop();
    };
  }, [clock, link]);

  const { id, seq, rules } = facts;
  useEffect(() => {
    const at = clock.exactly();
    const key = queryKeys.claims(id);
    const memory = cache.client.getQueryData<ShownMemory>(key);
    const shownNow = {
      view,
      at,
      levelUntil: attention.current?.upToDateUntil(at) ?? at,
      isNews: memory?.id !== id || memory.seq !== seq,
      isMoved: memory?.id !== id,
      graceMs: rules.graceMs,
    };
    const { said: claims, corrections } =
      memory === undefined
        ? { said: claimsShownNow(view, at, null), corrections: [] }
        : revise(memory.said, shownNow);
    cache.client.setQueryData<ShownMemory>(key, { id, seq, said: claims });
    if (corrections.length === 0) return;
    setAnnounced((before) => [
      ...corrections.map((correction, n) => ({ key: `${id} ${seq} ${n}`, at, correction })),
      ...before,
    ]);
  }, [view, id, seq, rules, clock, cache]);

  // A page that is left has shown nothing: the next one begins anew.
  useEffect(
    () => () => cache.client.removeQueries({ queryKey: queryKeys.claims(id) }),
    [cache, id],
  );

  const dismiss = useCallback(() => setAnnounced([]), []);
  return { announced, dismiss };
}

function withoutOld(announcements: readonly Announced[], now: Ms): readonly Announced[] {
  const left = announcements.filter(({ at }) => now - at < SHOWN_MS);
  return left.length === announcements.length ? announcements : left;
}
