import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ApiFailure, askApi } from "#components/api/api.ts";
import { queryKeys } from "#components/sync/query-keys.ts";

const deliveries = async () => (await import("#server/sources/deliveries/schema.ts")).deliveries;
const openedDelivery = async () =>
  (await import("#server/sources/deliveries/schema.ts")).openedDelivery;

/** The most deliveries the API returns at once. */
const AT_ONCE = 200;
/** A repeat is no event, so it is not pushed: the answer may be this old. */
const FRESH_MS = 30_000;

/** How often deliveries came again, in total, and of how many this is no longer stored (`gone`). */
export interface DeliveryRepeats {
  repeats: number;
  gone: number;
}

/** How often the deliveries with these ids came again; `data` is `undefined` until it is read. */
export function useRepeats(ids: readonly string[]) {
  return useQuery({
    queryKey: queryKeys.repeats(ids),
    queryFn: async ({ signal }) => {
      const found: DeliveryRepeats = { repeats: 0, gone: ids.length };
      for (let n = 0; n < ids.length; n += AT_ONCE) {
        const query = ids.slice(n, n + AT_ONCE).map((id) => `id=${encodeURIComponent(id)}`);
        const path = `/deliveries?${query.join("&")}`;
        const { results } = await askApi(path, deliveries, { signal });
        found.repeats += results.reduce((sum, delivery) => sum + delivery.repeats, 0);
        found.gone -= results.length;
      }
      return found;
    },
    placeholderData: keepPreviousData,
    staleTime: FRESH_MS,
  });
}

/** One delivery with its body; `null` where it is no longer stored, and `dropped` where its whole month is not. */
export function useDelivery(id: string) {
  return useQuery({
    queryKey: queryKeys.delivery(id),
    queryFn: async ({ signal }) => {
      try {
        const path = `/deliveries/${encodeURIComponent(id)}`;
        return await askApi(path, openedDelivery, { signal });
      } catch (error) {
        if (error instanceof ApiFailure && error.status === 404) return null;
        if (error instanceof ApiFailure && error.status === 410) return "dropped";
        throw error;
      }
    },
    staleTime: FRESH_MS,
  });
}
