import { useQuery } from "@tanstack/react-query";
import { askApi } from "#components/api/api.ts";
import { queryKeys } from "#components/sync/query-keys.ts";
import type { MeetingFacts } from "#domain/meeting/meeting-facts.ts";
import { type Neighbours, neighboursIn } from "./neighbours-in.ts";

const NONE: Neighbours = { before: null, after: null };

/** The room's meetings before and after this one that had people; asked again when `about` changes, and not for `null`. */
export function useNeighbours({ id }: Pick<MeetingFacts, "id">, about: string | null): Neighbours {
  const { data = NONE } = useQuery({
    queryKey: queryKeys.neighbours(id, about ?? ""),
    enabled: about !== null,
    queryFn: () =>
      askApi(`/meetings/${encodeURIComponent(id)}/neighbours`, async () => neighboursIn),
    staleTime: 60_000,
    placeholderData: (previous) => previous,
  });
  return data;
}
