import { useMutation } from "@tanstack/react-query";
import { askApi } from "#components/api/api.ts";
import { setOperator, useOperator } from "#components/operator/operator.ts";
import type { ActKind } from "#domain/desk/acts/act-kind.ts";

const actDone = async () => (await import("#server/desk/acts/schema.ts")).actDone;

interface About {
  meeting: string;
  act: ActKind;
  person?: string | null;
}

/** Asks the provider for something. That it was asked, and what came of it, is pushed to every screen. */
export function useAct({ meeting, act, person = null }: About) {
  const operator = useOperator();
  const { mutateAsync, isPending, error } = useMutation({
    mutationFn: (by: string | null) =>
      askApi(`/meetings/${encodeURIComponent(meeting)}/acts`, actDone, {
        method: "POST",
        body: { act, ...(person !== null && { person_id: person }), ...(by !== null && { by }) },
      }),
    onSuccess: (_, by) => {
      if (by !== null && by !== operator) setOperator(by);
    },
  });
  return { act: mutateAsync, isPending, failure: error?.message ?? null };
}
