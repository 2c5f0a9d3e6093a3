import { type QueryKey, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

const ASK_EVERY_MS = 1_000;

/** How far something of the server's is. */
interface UnderWay {
  /** `stopped`: it failed before its end. */
  state: "running" | "stopped";
}

/**
 * What the server does for a while once it was asked: a way to begin it, and how far it is, `null` before and after.
 * At its end, `onOver` is called.
 */
export function useUnderWay<Progress extends UnderWay, Asked>({
  queryKey,
  opened = null,
  ask,
  start,
  onOver,
}: {
  queryKey: QueryKey;
  /** How far it was when the page was opened. */
  opened?: Progress | null;
  /** Asks how far it is; `null` once it is over. */
  ask: () => Promise<Progress | null>;
  start: (asked: Asked) => Promise<Progress | null>;
  /** Stays the same function as long as it does the same. */
  onOver: () => void;
}) {
  const client = useQueryClient();
  const begin = useMutation({
    mutationFn: start,
    onSuccess: (progress) => {
      client.setQueryData(queryKey, progress);
      void client.invalidateQueries({ queryKey });
    },
  });
  const isRunning = (progress = opened) => progress?.state === "running";
  const { data, error } = useQuery({
    queryKey,
    queryFn: ask,
    enabled: ({ state }) => isRunning(state.data),
    refetchInterval: ASK_EVERY_MS,
    staleTime: 0,
    gcTime: 0,
  });
  const isOver = data === null;
  useEffect(() => {
    if (isOver) onOver();
  }, [isOver, onOver]);
  return { progress: data === undefined ? opened : data, isOver, begin, error };
}
