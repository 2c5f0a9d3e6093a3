import { skipToken, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import type { MeetingFacts } from "#domain/wire.ts";
import { meetingKey } from "./cache.ts";
import { type KnownMeeting, knowMeeting } from "./known-meeting.ts";
import { useLive } from "./live-provider.tsx";
import { useBrowserLayoutEffect } from "./use-browser-layout-effect.ts";

/** The live facts of one meeting, from those the page was opened with. Leads on where it was merged. */
export function useMeeting(opened: MeetingFacts): MeetingFacts {
  const { cache, connection } = useLive();
  const router = useRouter();
  const { id } = opened;
  const { data } = useQuery<KnownMeeting>({
    queryKey: meetingKey(id),
    queryFn: skipToken,
    initialData: () => knowMeeting(opened),
  });

  // Before the browser paints: a page that is opened again shows what it was opened with, not its past.
  useBrowserLayoutEffect(() => cache.openMeeting(opened), [cache, opened]);

  useEffect(
    () =>
      connection?.watch(id, {
        merged: (into) => router.replace(`/meetings/${into}${window.location.search}`),
        unknown: () => router.refresh(),
      }),
    [connection, id, router],
  );
  return data?.facts ?? opened;
}
