import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { ApiFailure, askApi, tellApi } from "#components/api/api.ts";
import { queryKeys } from "#components/sync/query-keys.ts";
import { isConnected, type OpenedSource } from "./opened-source.ts";
import { isMoving } from "./parts/rebuild-note.tsx";

const NOT_FOUND = 404;
/** While something of it moves, and otherwise, the page asks so often. */
const MOVING_MS = 1_000;
const STANDING_MS = 10_000;

const opened = async () => (await import("#server/sources/schema.ts")).openedSource;

/** A source that follows what the server has of it, and whether the server answered last. Leaves when it is deleted. */
export function useSource(first: OpenedSource): { source: OpenedSource; isStale: boolean } {
  const router = useRouter();
  const { data, error } = useQuery({
    queryKey: queryKeys.source(first.id),
    queryFn: () => askApi(`/sources/${encodeURIComponent(first.id)}`, opened),
    initialData: first,
    refetchInterval: ({ state: { data = first } }) =>
      isMoving(data) || !isConnected(data) ? MOVING_MS : STANDING_MS,
    staleTime: MOVING_MS,
  });
  const isGone = error instanceof ApiFailure && error.status === NOT_FOUND;
  useEffect(() => {
    if (!isGone) return;
    router.push("/sources");
    router.refresh();
  }, [isGone, router]);
  return { source: data, isStale: error !== null && !isGone };
}

interface Change {
  method: "POST" | "PUT" | "PATCH" | "DELETE";
  /** What follows the address of the source, such as `/pause`. */
  part?: string;
  body?: object;
}

/** Changes a source, and reads it again; or leads on, where it is about to be no more. */
export function useSourceChange(id: string, to: "/sources" | null = null) {
  const client = useQueryClient();
  const router = useRouter();
  return useMutation({
    mutationFn: ({ part = "", ...request }: Change) =>
      tellApi(`/sources/${encodeURIComponent(id)}${part}`, request),
    onSuccess: async () => {
      if (to === null) await client.invalidateQueries({ queryKey: queryKeys.source(id) });
      else router.push(to);
      router.refresh();
    },
  });
}
