"use client";

import { useState, useSyncExternalStore } from "react";
import { useLiveParts } from "#components/sync/live-provider.tsx";
import { totalsNow } from "#components/sync/live-state.ts";
import { useLive } from "#components/sync/use-live.ts";
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
        <button
          type="button"
          disabled={open === null || isReading}
          onClick={() => void readMore()}
          className="rounded-lg border border-line px-3 py-1 font-firm text-ink hover:bg-sunken disabled:text-ink-3"
        >
          Show more
        </button>
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
