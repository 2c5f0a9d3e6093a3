"use client";

import { useState, useSyncExternalStore } from "react";
import { useLiveParts } from "#components/sync/live-provider.tsx";
import { totalsNow } from "#components/sync/live-state.ts";
import { useLive } from "#components/sync/use-live.ts";
import { Button } from "#components/ui/button.tsx";
import { Link } from "#components/ui/link.tsx";
import { grouped } from "#components/words/count.ts";

/** Says that not all meetings are shown, and shows more. */
export function MoreMeetings({ shown, query }: { shown: number; query: string }) {
  const { connection } = useLiveParts();
  const open = useSyncExternalStore(connection.subscribe, connection.get, () => null);
  const count = useLive((live) => totalsNow(live).meetings);
  const [isReading, setIsReading] = useState(false);
  const readMore = async () => {
    setIsReading(true);
    await open?.readMore(shown * 2);
    setIsReading(false);
  };
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-line border-t px-4.5 py-3 text-note text-ink-3">
      <p className="num" role="status">
        {grouped(shown)} of {grouped(Math.max(count, shown))} shown, whoever waits longest first
      </p>
      {query === "" ? (
        <Button disabled={open === null || isReading} onClick={() => void readMore()} look="small">
          Show more
        </Button>
      ) : (
        <Link
          href={`/meetings?q=${encodeURIComponent(query)}`}
          className="font-firm text-ink hover:underline"
        >
          Search all meetings
        </Link>
      )}
    </div>
  );
}
