import { useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { askApi } from "#components/api/api.ts";
import { useOperator } from "#components/operator/operator.ts";
import { queryKeys } from "#components/sync/query-keys.ts";
import type { ErasureUnderWay } from "#domain/erasure/under-way.ts";

const ASK_EVERY_MS = 1_000;

const underWay = async () => (await import("#server/erasure/schema.ts")).erasureUnderWay;

/** The erasure of a person: its progress, and a way to begin it. At its end the page of all people opens. */
export function useErasure(id: string) {
  const router = useRouter();
  const by = useOperator();
  const [began, setBegan] = useState<ErasureUnderWay | null>(null);
  const begin = useMutation({
    mutationFn: (name: string) =>
      askApi(`/people/${id}/erasure`, underWay, { method: "POST", body: { name, by: by ?? "" } }),
    onSuccess: ({ erasure }) => {
      setBegan(erasure);
      if (erasure === null) router.replace("/people");
    },
  });
  const { data, error } = useQuery({
    queryKey: queryKeys.erasure(begin.submittedAt),
    queryFn: () => askApi("/erasure", underWay),
    enabled: began !== null,
    refetchInterval: ({ state }) =>
      state.data === undefined || state.data.erasure?.state === "running" ? ASK_EVERY_MS : false,
    staleTime: 0,
    gcTime: 0,
  });
  const isOver = data?.erasure === null;
  useEffect(() => {
    if (isOver) router.replace("/people");
  }, [isOver, router]);
  useEffect(() => {
    if (began === null) return undefined;
    // Every page reads again when it is over, and this one has nobody to show then.
    return () => {
      if (window.location.pathname === `/people/${id}`) router.replace("/people");
    };
  }, [began, id, router]);
  return { erasure: data === undefined ? began : data.erasure, isOver, begin, error };
}
