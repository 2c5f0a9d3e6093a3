import { useMemo, useSyncExternalStore } from "react";
import { type Recording, type Trouble, troubleAt } from "#domain/live/recording.ts";
import { useLiveParts } from "./live-provider.tsx";
import { useServerTime } from "./use-now.ts";

const LOOKED_AT_EVERY_MS = 10_000;

/** What is wrong with recording by the server's last report, as of `now` (epoch ms, every 10 seconds). */
export function useTrouble(): Trouble & Pick<Recording, "more"> & { now: number } {
  const { recording } = useLiveParts();
  const state = useSyncExternalStore(recording.subscribe, recording.get, recording.get);
  const now = useServerTime((at) => Math.floor(at / LOOKED_AT_EVERY_MS) * LOOKED_AT_EVERY_MS);
  return useMemo(() => ({ ...troubleAt(state, now), more: state.more, now }), [state, now]);
}
