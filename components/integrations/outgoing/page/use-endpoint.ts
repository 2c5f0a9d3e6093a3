import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { ApiFailure, askApi, tellApi } from "#components/api/api.ts";
import type { EndpointShown } from "#components/integrations/outgoing/shown.ts";
import { queryKeys } from "#components/sync/query-keys.ts";

const schemas = () => import("#server/integrations/outgoing/schema.ts");
const endpoint = async () => (await schemas()).endpoint;
const attempts = async () => (await schemas()).attempts;
const resendJob = async () => (await schemas()).resendJob;

const NOT_FOUND = 404;
const STANDING_MS = 4_000;
const MOVING_MS = 1_000;
/** So many attempts are shown; a program reads the rest. */
export const SHOWN = 50;

/** An endpoint that follows what the server has of it, and whether the server answered last. */
export function useEndpoint(first: EndpointShown): { endpoint: EndpointShown; isStale: boolean } {
  const { data, error } = useQuery({
    queryKey: queryKeys.endpoint(first.id),
    queryFn: () => askApi(`/endpoints/${first.id}`, endpoint),
    initialData: first,
    refetchInterval: STANDING_MS,
    staleTime: MOVING_MS,
  });
  return { endpoint: data, isStale: error !== null };
}

/** The newest attempts, all or what was not taken. */
export function useAttempts(id: string, only: "all" | "failed") {
  const query = only === "failed" ? "&only=failed" : "";
  return useQuery({
    queryKey: queryKeys.attempts(id, only),
    queryFn: () => askApi(`/endpoints/${id}/attempts?limit=${SHOWN}${query}`, attempts),
    refetchInterval: STANDING_MS,
  });
}

/** The resend that was begun last; `null` where there was none. */
export function useLatestResend(id: string) {
  const { data } = useQuery({
    queryKey: queryKeys.resend(id),
    queryFn: async () => {
      try {
        return await askApi(`/endpoints/${id}/resend/latest`, resendJob);
      } catch (error) {
        if (error instanceof ApiFailure && error.status === NOT_FOUND) return null;
        throw error;
      }
    },
    refetchInterval: ({ state }) => (state.data?.state === "running" ? MOVING_MS : STANDING_MS),
  });
  return data ?? null;
}

interface Change {
  method: "POST" | "PATCH" | "DELETE";
  /** What follows the address of the endpoint, such as `/resend`. */
  part?: string;
  body?: object;
}

/** Does something with an endpoint, and reads all of it again. */
export function useEndpointChange(id: string) {
  const client = useQueryClient();
  const router = useRouter();
  return useMutation({
    mutationFn: ({ part = "", ...request }: Change) => tellApi(`/endpoints/${id}${part}`, request),
    onSuccess: async () => {
      await Promise.all([
        client.invalidateQueries({ queryKey: queryKeys.endpoint(id) }),
        client.invalidateQueries({ queryKey: queryKeys.resend(id) }),
        client.invalidateQueries({ queryKey: queryKeys.attempts(id, "all") }),
        client.invalidateQueries({ queryKey: queryKeys.attempts(id, "failed") }),
      ]);
      router.refresh();
    },
  });
}
