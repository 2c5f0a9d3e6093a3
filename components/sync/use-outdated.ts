import { useSyncExternalStore } from "react";
import { useLiveParts } from "./live-provider.tsx";

/** Whether the server is newer than this page, which then follows nothing any more until it is loaded again. */
export function useOutdated(): boolean {
  const { connection } = useLiveParts();
  return useSyncExternalStore(connection.subscribe, connection.isOutdated, () => false);
}
