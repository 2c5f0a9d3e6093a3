import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { askApi } from "#components/api/api.ts";
import { setOperator, useOperator } from "#components/operator/operator.ts";

/** What is to be said of two people, or taken back, with one click. `key` tells which of the buttons it was. */
export type LinkWord =
  | { key: string; kind: "join"; people: readonly [string, string] }
  | { key: string; kind: "part"; link: string }
  | { key: string; kind: "apart"; people: readonly [string, string] }
  | { key: string; kind: "not_apart"; apart: string };

/** Says that two people are one, or are not, and takes it back, signed by whoever sits here; the page is read again after. */
export function useLinks() {
  const router = useRouter();
  const operator = useOperator();
  const [waiting, setWaiting] = useState<LinkWord | null>(null);
  const [isReading, startReading] = useTransition();
  const { mutate, isPending, error, variables } = useMutation({
    mutationFn: ({ word, by }: { word: LinkWord; by: string }) => send(word, by),
    networkMode: "always",
    onSettled: () => startReading(() => router.refresh()),
  });
  return {
    operator,
    say: (word: LinkWord) =>
      operator === null ? setWaiting(word) : mutate({ word, by: operator }),
    /** The word that waits for a name to be signed with. */
    waiting,
    sign: (by: string) => {
      setOperator(by);
      setWaiting(null);
      if (waiting !== null) mutate({ word: waiting, by });
    },
    leave: () => setWaiting(null),
    error,
    underWay: isPending || isReading ? (variables?.word.key ?? null) : null,
  };
}

function send(word: LinkWord, by: string): Promise<unknown> {
  switch (word.kind) {
    case "join":
      return askApi("/people/links", { method: "POST", body: { people: word.people, by } });
    case "part":
      return askApi(`/people/links/${encodeURIComponent(word.link)}`, {
        method: "DELETE",
        body: { by },
      });
    case "apart":
      return askApi("/people/apart", { method: "POST", body: { people: word.people, by } });
    case "not_apart":
      return askApi(`/people/apart/${encodeURIComponent(word.apart)}`, {
        method: "DELETE",
        body: { by },
      });
    default:
      return word satisfies never;
  }
}
