import { useQuery } from "@tanstack/react-query";
import { askApi } from "#components/api/api.ts";
import { isConnected } from "#components/sources/opened-source.ts";
import { Checklist } from "#components/sources/page/checklist.tsx";
import { queryKeys } from "#components/sync/query-keys.ts";
import type { ConnectedProvider } from "#domain/sources/connect-words.ts";

const opened = async () => (await import("#server/sources/schema.ts")).openedSource;

const ASK_EVERY_MS = 1_000;

/** The checklist of a source that was just added. */
export function NewChecklist({ id, provider }: { id: string; provider: ConnectedProvider }) {
  const { data, error } = useQuery({
    queryKey: queryKeys.source(id),
    queryFn: () => askApi(`/sources/${encodeURIComponent(id)}`, opened),
    refetchInterval: ({ state }) =>
      state.data !== undefined && isConnected(state.data) ? false : ASK_EVERY_MS,
  });
  return (
    <div className="grid gap-2">
      {data === undefined ? (
        <p className="text-dense text-ink-3">Waiting for the server…</p>
      ) : (
        <Checklist source={data} provider={provider} />
      )}
      {data !== undefined && isConnected(data) && (
        <p role="status" className="text-dense text-present-ink">
          It is connected.
        </p>
      )}
      {error !== null && (
        <p role="alert" className="text-note text-lost-ink">
          {error.message}
        </p>
      )}
    </div>
  );
}
