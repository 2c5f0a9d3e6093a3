"use client";

import { useMutation } from "@tanstack/react-query";
import { tellApi } from "#components/api/api.ts";
import { useSignature } from "#components/operator/use-signature.tsx";
import { Button } from "#components/ui/button.tsx";

/** Acknowledges an alert. Who did it is shown when it is pushed, not before. */
export function Acknowledge({ id, says }: { id: string; says: string }) {
  const { sign, asking } = useSignature();
  const { mutate, isPending, error } = useMutation({
    mutationFn: (by: string) =>
      tellApi(`/alerts/${encodeURIComponent(id)}/acknowledge`, { method: "POST", body: { by } }),
  });
  return (
    <span className="inline-flex flex-col items-end gap-0.5">
      <Button
        aria-label={`Acknowledge: ${says}`}
        className="whitespace-nowrap"
        disabled={isPending}
        onClick={() => sign(mutate)}
      >
        {isPending ? "Saving…" : "Acknowledge"}
      </Button>
      {error !== null && !isPending && (
        <span role="alert" className="max-w-56 text-right text-caption text-lost-ink">
          {error.message}
        </span>
      )}
      {asking}
    </span>
  );
}
