import { useRouter } from "next/navigation";
import { useCallback, useEffect, useSyncExternalStore } from "react";
import type { MeetingFacts } from "#domain/meeting/meeting-facts.ts";
import { useLiveParts } from "./live-provider.tsx";
import { queryKeys } from "./query-keys.ts";
import { useBrowserLayoutEffect } from "./use-browser-layout-effect.ts";

/** The live facts of one meeting, starting from those the page was opened with. Goes to the survivor after a merge. */
export function useMeeting(opened: MeetingFacts): MeetingFacts {
  const { cache, connection } = useLiveParts();
  const router = useRouter();
  const { id } = opened;
  const subscribe = useCallback(
    (listener: () => void) => cache.watch(queryKeys.meeting(id), listener),
    [cache, id],
  );
  const facts = useSyncExternalStore(
    subscribe,
    () => cache.meeting(id) ?? opened,
    () => opened,
  );

  // Before the browser paints: a page that is opened again shows the facts it was opened with, not older ones.
  useBrowserLayoutEffect(() => cache.openMeeting(opened), [cache, opened]);

  useEffect(
    () =>
      connection.follow((open) =>
        open.watch(id, {
          merged: (into) => router.replace(`/meetings/${into}${window.location.search}`),
          unknown: () => router.refresh(),
        }),
      ),
    [connection, id, router],
  );
  return facts;
}
