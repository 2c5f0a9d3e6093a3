import { useQuery } from "@tanstack/react-query";
import { askApi } from "#components/api/api.ts";
import { queryKeys } from "#components/sync/query-keys.ts";
import type { MeetingFacts } from "#domain/meeting/meeting-facts.ts";
import { fromWireTime, type WireTime } from "#domain/time/wire-time.ts";

interface Row {
  id: string;
  started_at: WireTime | null;
  ended_at: WireTime | null;
}

/** The meeting of the room before or after this one. */
export interface Neighbour {
  id: string;
  from: number;
  to: number | null;
}

/** The room's meetings before and after this one that had people; asked again when `about` changes. */
export function useNeighbours({ id }: Pick<MeetingFacts, "id">, about: string) {
  const { data } = useQuery({
    queryKey: queryKeys.neighbours(id, about),
    queryFn: () =>
      askApi<{ before: Row | null; after: Row | null }>(
        `/meetings/${encodeURIComponent(id)}/neighbours`,
      ),
    staleTime: 60_000,
    placeholderData: (previous) => previous,
  });
  return { before: neighbour(data?.before), after: neighbour(data?.after) };
}

function neighbour(row: Row | null | undefined): Neighbour | null {
  if (row == null || row.started_at === null) return null;
  const to = row.ended_at === null ? null : fromWireTime(row.ended_at);
  return { id: row.id, from: fromWireTime(row.started_at), to };
}
