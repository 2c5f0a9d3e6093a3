import { type UseMutationResult, useQuery } from "@tanstack/react-query";
import { askApi } from "#components/api/api.ts";
import { TakeAwayDialog } from "#components/operator/take-away-dialog.tsx";
import { contentsLines } from "#components/sources/parts/contents-lines.ts";
import { queryKeys } from "#components/sync/query-keys.ts";
import { counted } from "#components/words/count.ts";
import type { demonstration as demonstrationAnswer } from "#server/demo/schema.ts";
import type { AnswerOf } from "#server/http/schema.ts";

const demonstration = async () => (await import("#server/demo/schema.ts")).demonstration;

/** Shows exactly what will be deleted, and asks for confirmation. */
export function RemoveDialog({
  onClose,
  begin,
}: {
  onClose: () => void;
  begin: Pick<UseMutationResult<unknown, Error, void>, "mutate" | "isPending" | "error">;
}) {
  const counts = useQuery({
    queryKey: queryKeys.demonstration,
    queryFn: () => askApi("/demonstration", demonstration),
    gcTime: 0,
  });
  return (
    <TakeAwayDialog
      title="Remove the demonstration?"
      lead="This goes for good. Real meetings, and what was said about them, stay as they are. A simulation that is still running ends."
      counts={counts}
      linesFor={linesFor}
      act={begin}
      refusedWords="Nothing was removed. "
      action="Remove"
      underWay="Removing…"
      onConfirm={() => begin.mutate(undefined, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}

function linesFor({ sources, ...counts }: AnswerOf<typeof demonstrationAnswer>): string[] {
  const names = sources.map(({ provider, name }) => `${name} (${provider})`).join(", ");
  return [`${counted(sources.length, "source", "sources")}: ${names}`, ...contentsLines(counts)];
}
