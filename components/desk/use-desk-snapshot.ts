import { useEffect, useState } from "react";
import { useLiveParts } from "#components/sync/live-provider.tsx";
import { changed } from "#domain/live/desk-change.ts";
import type { DeskSnapshot } from "#domain/live/desk-wire.ts";

/** The desk as the server has it, from that with which the page was opened; without one it is `null` until it is read. */
export function useDeskSnapshot(opened: DeskSnapshot): DeskSnapshot;
export function useDeskSnapshot(opened: null): DeskSnapshot | null;
export function useDeskSnapshot(opened: DeskSnapshot | null): DeskSnapshot | null {
  const { connection } = useLiveParts();
  const [desk, setDesk] = useState(opened);
  useEffect(
    () =>
      connection.follow((open) =>
        open.watchDesk({
          read: setDesk,
          changed: (change) => setDesk((before) => before && changed(before, change)),
        }),
      ),
    [connection],
  );
  return desk;
}
