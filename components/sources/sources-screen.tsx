"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { askApi } from "#components/api/api.ts";
import { queryKeys } from "#components/sync/query-keys.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { PageHead } from "#components/ui/page-head.tsx";
import { PageTitle } from "#components/ui/page-title.tsx";
import { May } from "#components/viewer/may.tsx";
import type { Removal } from "#domain/sources/demonstration.ts";
import type { SourceShown } from "#domain/sources/sources.ts";
import { DemonstrationCard } from "./demonstration/demonstration-card.tsx";
import { isMoving, type Moving } from "./parts/rebuild-note.tsx";
import { SourceCard } from "./source-card.tsx";

const allSources = async () => (await import("#server/sources/schema.ts")).sources;

/** While a source is being rebuilt or deleted, the page asks for its progress this often. */
const ASK_EVERY_MS = 1_000;

/** The sources of webhooks and files, each with its settings. */
export function SourcesScreen({
  opened,
  removal = null,
}: {
  opened: SourceShown[];
  /** The progress of the removal of the demonstration. */
  removal?: Removal | null;
}) {
  const invented = opened.filter(({ demo }) => demo === true);
  const isAnyMoving = opened.some(isMoving);
  const progress = useProgress(isAnyMoving);
  return (
    <>
      <PageTitle name="Sources" />
      <PageHead
        title="Sources"
        lead="The accounts whose webhooks come in here, and the files that were imported."
        actions={
          <May access="owner">
            <ButtonLink look="primary" href="/sources/new">
              Add a source
            </ButtonLink>
          </May>
        }
        className="mb-4.5"
      />
      {invented.length > 0 && <DemonstrationCard sources={invented} removal={removal} />}
      {opened.length === 0 ? (
        <p className="rounded-card border border-line bg-surface px-4.5 py-8 text-ink-2 shadow-card">
          <May
            access="owner"
            otherwise="No sources yet: an owner adds them. A file that is imported makes one too."
          >
            No sources yet. Add one to connect a provider in a few minutes; a file that is imported
            makes one too.
          </May>
        </p>
      ) : (
        <div className="grid gap-3.5 *:min-w-0 xl:grid-cols-2">
          {opened.map((source) => (
            <SourceCard
              key={source.id}
              source={progress === null ? source : moved(source, progress)}
            />
          ))}
        </div>
      )}
    </>
  );
}

type Progress = ReadonlyMap<string, Moving>;

/** A source as far as it is now; one that is gone is shown being deleted until the page is read again. */
function moved(source: SourceShown, progress: Progress): SourceShown {
  return { ...source, ...(progress.get(source.id) ?? { untold: null }) };
}

/** How far each source is, once it was read while one is rebuilt or deleted; the page is read again when all are done. */
function useProgress(isAnyMoving: boolean): Progress | null {
  const router = useRouter();
  const { data } = useQuery({
    queryKey: queryKeys.sources(isAnyMoving),
    queryFn: () => askApi("/sources", allSources),
    enabled: isAnyMoving,
    refetchInterval: ASK_EVERY_MS,
    staleTime: 0,
    // Otherwise the next change would begin with the result of the last one.
    gcTime: 0,
  });
  const rows = isAnyMoving ? (data?.results ?? null) : null;
  const isOver = rows !== null && !rows.some(isMoving);
  useEffect(() => {
    if (isOver) router.refresh();
  }, [isOver, router]);
  return rows && new Map(rows.map(({ id, untold, removal }) => [id, { untold, removal }]));
}
