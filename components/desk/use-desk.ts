import { useMutation } from "@tanstack/react-query";
import { tellApi } from "#components/api/api.ts";
import { setOperator, useOperator } from "#components/operator/operator.ts";
import type { DeskDeed } from "#domain/waits/handling.ts";

/** What somebody does about a wait, and the name they give where nobody signs in. */
interface Done {
  deed: DeskDeed;
  by: string | null;
}

function requestOf({ deed, by }: Done): Parameters<typeof tellApi> {
  const signed = by === null ? {} : { by };
  switch (deed.kind) {
    case "claim":
      return ["/claim", { method: "POST", body: signed }];
    case "release":
      return ["/claim", { method: "DELETE", body: signed }];
    case "note":
      return ["/note", { method: "PUT", body: { text: deed.text, ...signed } }];
    case "follow_up":
      return ["/follow-up", { method: "PUT", body: { outcome: deed.outcome, ...signed } }];
    default:
      return deed satisfies never;
  }
}

/**
 * Does something about a wait. What came of it is shown when it is pushed; `onDone` is for pages that nothing is pushed
 * to. `operator` is `null` where whoever is at this machine has to say their name first.
 */
export function useDesk(waitId: string, onDone: () => void = () => undefined) {
  const operator = useOperator();
  const { mutate, isPending, error } = useMutation({
    mutationFn: (done: Done) => {
      const [path, request] = requestOf(done);
      return tellApi(`/waits/${encodeURIComponent(waitId)}${path}`, request);
    },
    onSuccess: (_, { by }) => {
      if (by !== null && by !== operator) setOperator(by);
      onDone();
    },
  });
  const act = (deed: DeskDeed, by: string | null = operator) => mutate({ deed, by });
  return { act, isPending, failure: error?.message ?? null, operator };
}
