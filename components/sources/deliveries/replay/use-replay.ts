import { useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { askApi } from "#components/api/api.ts";
import { queryKeys } from "#components/sync/query-keys.ts";
import { isOver } from "#domain/sources/deliveries/delivery-replay.ts";

const EVERY_MS = 700;

const replayJob = async () => (await import("#server/sources/deliveries/schema.ts")).replayJob;

/** Which deliveries are to be projected again. */
export type ReplayAsked = { ids: readonly string[] } | { which: "unreadable" };

/** Projects deliveries again, as a job of the server: how far it is, and a way to stop it. */
export function useReplay() {
  const router = useRouter();
  const begin = useMutation({
    mutationFn: (body: ReplayAsked) =>
      askApi("/deliveries/replays", replayJob, { method: "POST", body }),
  });
  const id = begin.data?.id ?? null;
  const path = `/deliveries/replays/${id}`;
  const { data, error, refetch } = useQuery({
    queryKey: queryKeys.replay(id ?? ""),
    queryFn: ({ signal }) => askApi(path, replayJob, { signal }),
    enabled: id !== null,
    refetchInterval: ({ state }) =>
      state.data === undefined || !isOver(state.data) ? EVERY_MS : false,
    staleTime: 0,
    gcTime: 0,
  });
  const cancel = useMutation({
    mutationFn: () => askApi(path, replayJob, { method: "DELETE" }),
    onSuccess: () => void refetch(),
  });
  const job = data ?? begin.data ?? null;
  const isDone = job !== null && isOver(job);
  // What is shown may read otherwise now.
  useEffect(() => {
    if (isDone) router.refresh();
  }, [isDone, router]);
  return {
    job,
    begin: begin.mutate,
    isBeginning: begin.isPending,
    cancel: cancel.mutate,
    dismiss: begin.reset,
    error: begin.error ?? cancel.error ?? error,
  };
}
