import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { tellApi } from "#components/api/api.ts";
import { useOperator } from "#components/operator/operator.ts";

/** Stores the settings of a room, for every operator and every view; the page is read again afterwards. */
export function useRoomSettings(roomId: string, onStored: () => void) {
  const router = useRouter();
  const operator = useOperator();
  const [isReading, startReading] = useTransition();
  const { mutate, isPending, error } = useMutation({
    mutationFn: (change: object) =>
      tellApi(`/rooms/${encodeURIComponent(roomId)}/settings`, {
        method: "PATCH",
        body: { ...change, ...(operator !== null && { by: operator }) },
      }),
    onSuccess: () => {
      onStored();
      startReading(() => router.refresh());
    },
  });
  return { store: mutate, isStoring: isPending || isReading, error: isPending ? null : error };
}
