import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { askApi } from "#components/api/api.ts";
import { setOperator, useOperator } from "#components/operator/operator.ts";
import { queryKeys } from "#components/sync/query-keys.ts";
import type { ActKind } from "#domain/desk/acts/act-kind.ts";
import type { actDone as schemaOfAct } from "#server/desk/acts/schema.ts";
import type { AnswerOf } from "#server/http/schema.ts";

const actDone = async () => (await import("#server/desk/acts/schema.ts")).actDone;

type ActDone = AnswerOf<typeof schemaOfAct>;

interface About {
  meeting: string;
  act: ActKind;
  person?: string | null;
}

/**
 * Asks the provider for something. `taken` is what it took last in this browser, and says nothing of whether it came
 * about: that is shown where it is reported.
 */
export function useAct({ meeting, act, person = null }: About) {
  const operator = useOperator();
  const cache = useQueryClient();
  const queryKey = queryKeys.acted(meeting, act, person);
  const { data: taken } = useQuery<ActDone | null>({
    queryKey,
    queryFn: () => cache.getQueryData<ActDone>(queryKey) ?? null,
    initialData: null,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });
  const { mutateAsync, isPending, error } = useMutation({
    mutationFn: (by: string | null) =>
      askApi(`/meetings/${encodeURIComponent(meeting)}/acts`, actDone, {
        method: "POST",
        body: { act, ...(person !== null && { person_id: person }), ...(by !== null && { by }) },
      }),
    onSuccess: (done, by) => {
      if (by !== null && by !== operator) setOperator(by);
      // An address of a token is for one opening, and is kept nowhere.
      cache.setQueryData<ActDone>(queryKey, { ...done, url: null });
    },
  });
  return { act: mutateAsync, isPending, failure: error?.message ?? null, taken };
}
