import { useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { askApi } from "#components/api/api.ts";
import { useOperator } from "#components/operator/operator.ts";
import { queryKeys } from "#components/sync/query-keys.ts";
import type { Removal } from "#domain/sources/demonstration.ts";

const ASK_EVERY_MS = 1_000;

const underWay = async () => (await import("#server/demo/schema.ts")).removalUnderWay;

/** The removal of the demonstration: its progress, and a way to begin it. The page is read again when it is over. */
export function useRemoval(opened: Removal | null) {
  const router = useRouter();
  const by = useOperator();
  const [began, setBegan] = useState<Removal | null>(null);
  const begin = useMutation({
    mutationFn: () =>
      askApi("/demonstration", underWay, { method: "DELETE", body: { by: by ?? "" } }),
    onSuccess: ({ removal }) => {
      setBegan(removal);
      if (removal === null) router.refresh();
    },
  });
  const first = began ?? opened;
  const { data, error } = useQuery({
    queryKey: queryKeys.removal(begin.submittedAt),
    queryFn: () => askApi("/demonstration/removal", underWay),
    enabled: first?.state === "running",
    refetchInterval: ({ state }) =>
      state.data === undefined || state.data.removal?.state === "running" ? ASK_EVERY_MS : false,
    staleTime: 0,
    gcTime: 0,
  });
  const asked = first?.state === "running" ? data : undefined;
  const isOver = asked?.removal === null;
  useEffect(() => {
    if (isOver) router.refresh();
  }, [isOver, router]);
  return { removal: asked === undefined ? first : asked.removal, isOver, begin, error };
}
