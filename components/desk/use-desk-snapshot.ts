import { useEffect, useState } from "react";
import { useLiveParts } from "#components/sync/live-provider.tsx";
import { changed } from "#domain/live/desk-change.ts";
import type { DeskSnapshot } from "#domain/live/wire.ts";

/** The desk as the server has it, from that with which the page was opened. */
export function useDeskSnapshot(opened: DeskSnapshot): DeskSnapshot {
  const { connection } = useLiveParts();
  const [desk, setDesk] = useState(opened);
  useEffect(
    () =>
      connection.follow((open) =>
        open.watchDesk({
          read: setDesk,
          changed: (change) => setDesk((before) => changed(before, change)),
        }),
      ),
    [connection],
  );
  return desk;
}
