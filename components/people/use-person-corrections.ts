import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { tellApi } from "#components/api/api.ts";
import { setOperator, useOperator } from "#components/operator/operator.ts";

/** A correction of who two people are, made or undone with one click. `key` tells which button it was. */
export type LinkCorrection =
  | { key: string; kind: "join"; people: readonly [string, string] }
  | { key: string; kind: "part"; link: string }
  | { key: string; kind: "apart"; people: readonly [string, string] }
  | { key: string; kind: "not_apart"; apart: string };

/** Joins two people or keeps them apart, and undoes it, signed by the operator; the page is read again afterwards. */
export function usePersonCorrections() {
  const router = useRouter();
  const operator = useOperator();
  const [waiting, setWaiting] = useState<LinkCorrection | null>(null);
  const [isReading, startReading] = useTransition();
  const { mutate, isPending, error, variables } = useMutation({
    mutationFn: ({ correction, by }: { correction: LinkCorrection; by: string }) =>
      send(correction, by),
    onSettled: () => startReading(() => router.refresh()),
  });
  return {
    operator,
    submit: (correction: LinkCorrection) =>
      operator === null ? setWaiting(correction) : mutate({ correction, by: operator }),
    /** The correction that waits for the operator's name. */
    waiting,
    sign: (by: string) => {
      setOperator(by);
      setWaiting(null);
      if (waiting !== null) mutate({ correction: waiting, by });
    },
    cancel: () => setWaiting(null),
    error,
    underWay: isPending || isReading ? (variables?.correction.key ?? null) : null,
  };
}

function send(correction: LinkCorrection, by: string): Promise<void> {
  switch (correction.kind) {
    case "join":
      return tellApi("/people/links", { method: "POST", body: { people: correction.people, by } });
    case "part":
      return tellApi(`/people/links/${encodeURIComponent(correction.link)}`, {
        method: "DELETE",
        body: { by },
      });
    case "apart":
      return tellApi("/people/apart", { method: "POST", body: { people: correction.people, by } });
    case "not_apart":
      return tellApi(`/people/apart/${encodeURIComponent(correction.apart)}`, {
        method: "DELETE",
        body: { by },
      });
    default:
      return correction satisfies never;
  }
}
