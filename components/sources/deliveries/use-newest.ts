import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { askApi } from "#components/api/api.ts";
import { queryKeys } from "#components/sync/query-keys.ts";
import type { DeliverySummary } from "#domain/event/delivery.ts";

const EVERY_MS = 2_000;

const deliveries = async () => (await import("#server/sources/deliveries/schema.ts")).deliveries;

/** The first page of a list: its rows, and where it goes on. */
export interface NewestDeliveries {
  rows: readonly DeliverySummary[];
  /** The cursor of the page after it. */
  next: string | null;
}

/**
 * The first page of deliveries, asked for again every two seconds. What is new stands at the top by itself as long as
 * the reader is there; who has scrolled down, or chosen rows, keeps what they look at, with how many are new. A flood is
 * one answer of one page every two seconds, whatever comes. `query` is `null` where the list has no end that moves.
 */
export function useNewest(
  opened: NewestDeliveries,
  { query, rows, isHeld }: { query: string | null; rows: number; isHeld: () => boolean },
) {
  const { data, error } = useQuery({
    queryKey: queryKeys.newestDeliveries(query ?? ""),
    queryFn: async ({ signal }): Promise<NewestDeliveries> => {
      const path = `/deliveries?${query ?? ""}&limit=${rows}`;
      const { results, next } = await askApi(path, deliveries, { signal });
      const cursor = next === null ? null : new URL(next).searchParams.get("cursor");
      return { rows: results, next: cursor };
    },
    enabled: query !== null,
    refetchInterval: EVERY_MS,
    staleTime: 0,
    gcTime: 0,
  });
  const [shown, setShown] = useState(opened);
  const held = useRef(isHeld);
  useEffect(() => {
    held.current = isHeld;
  }, [isHeld]);
  // The page was asked for otherwise: what it opens with is what is shown.
  useEffect(() => setShown(opened), [opened]);
  useEffect(() => {
    if (data !== undefined) setShown((now) => (held.current() ? brought(now, data) : data));
  }, [data]);
  const showNew = useCallback(() => {
    if (data !== undefined) setShown(data);
  }, [data]);
  const known = new Set(shown.rows.map(({ id }) => id));
  const top = shown.rows[0];
  const fresh = (data?.rows ?? []).filter(
    (row) => !known.has(row.id) && (top === undefined || row.received_at >= top.received_at),
  );
  return { shown, fresh: fresh.length, showNew, error };
}

/** The same rows, each as it is now. */
function brought(shown: NewestDeliveries, { rows }: NewestDeliveries): NewestDeliveries {
  const now = new Map(rows.map((row) => [row.id, row]));
  return { ...shown, rows: shown.rows.map((row) => now.get(row.id) ?? row) };
}
