import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { askApi } from "#components/api/api.ts";
import { queryKeys } from "#components/sync/query-keys.ts";
import { counted } from "#components/words/count.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import type { sourcePreview } from "#server/sources/schema.ts";

const preview = async () => (await import("#server/sources/schema.ts")).sourcePreview;

/** What is typed is asked about when nothing was typed for so long. */
const SETTLED_MS = 400;

/** What other settings would make of the latest meetings, before they are saved. */
export function PreviewNote({
  sourceId,
  gapMs,
  graceMs,
  joinsBots,
}: {
  sourceId: string;
  gapMs: number;
  graceMs: number;
  joinsBots: boolean;
}) {
  const [asked, setAsked] = useState<string | null>(null);
  const query = `empty_gap_ms=${gapMs}&grace_ms=${graceMs}&joins_bots=${joinsBots}`;
  useEffect(() => {
    const timer = setTimeout(() => setAsked(query), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [query]);
  const { data, error } = useQuery({
    queryKey: queryKeys.sourcePreview(sourceId, query),
    queryFn: () => askApi(`/sources/${encodeURIComponent(sourceId)}/preview?${query}`, preview),
    enabled: asked === query,
    gcTime: 0,
  });
  return (
    <p role="status" className="num col-span-2 rounded-lg bg-sunken px-3 py-2 text-note text-ink-2">
      {error !== null
        ? `What it would do is not known: ${error.message}`
        : data === undefined
          ? "Looking at what it would do…"
          : previewWords(data)}
    </p>
  );
}

/** `3 of the last 200 meetings would be parted, and 2 would become one with another.` */
export function previewWords({
  meetings,
  parted,
  joined,
  changed,
  people,
}: AnswerOf<typeof sourcePreview>): string {
  if (meetings === 0) return "It has no meetings yet that this would change.";
  const last =
    meetings === 1 ? "the only meeting" : `the last ${counted(meetings, "meeting", "meetings")}`;
  const some = (count: number) => (meetings === 1 ? last : `${count} of ${last}`);
  const parts = [
    ...(parted > 0 ? [`${some(parted)} would be parted`] : []),
    ...(joined > 0
      ? [`${joined} ${parted > 0 ? "" : `of ${last} `}would become one with another`]
      : []),
    ...(changed > 0
      ? [
          `in ${changed} ${parted + joined > 0 ? "more" : `of ${last}`} the times of ${counted(people, "person", "people")} would change`,
        ]
      : []),
  ];
  if (parts.length === 0) return `Nothing of ${last} would change.`;
  const words = new Intl.ListFormat("en-GB", { type: "conjunction" }).format(parts);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
