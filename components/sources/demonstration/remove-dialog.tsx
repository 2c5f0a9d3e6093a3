import { type UseMutationResult, useQuery } from "@tanstack/react-query";
import { askApi } from "#components/api/api.ts";
import { queryKeys } from "#components/sync/query-keys.ts";
import { Button } from "#components/ui/button.tsx";
import {
  Dialog,
  DialogActions,
  DialogFailure,
  DialogText,
  DialogTitle,
} from "#components/ui/dialog.tsx";
import { counted } from "#components/words/count.ts";
import type { demonstration as demonstrationAnswer } from "#server/demo/schema.ts";
import type { AnswerOf } from "#server/http/schema.ts";

const demonstration = async () => (await import("#server/demo/schema.ts")).demonstration;

/** Shows exactly what will be deleted, and asks for confirmation. */
export function RemoveDialog({
  open,
  onClose,
  begin: { mutate, isPending, error: refused },
}: {
  open: boolean;
  onClose: () => void;
  begin: Pick<UseMutationResult<unknown, Error, void>, "mutate" | "isPending" | "error">;
}) {
  const preview = useQuery({
    queryKey: queryKeys.demonstration,
    queryFn: () => askApi("/demonstration", demonstration),
    enabled: open,
    gcTime: 0,
  });
  const failed = refused ?? preview.error;
  return (
    <Dialog open={open} onClose={onClose} form="long">
      <DialogTitle>Remove the demonstration?</DialogTitle>
      <DialogText>
        This goes for good. Real meetings, and what was said about them, stay as they are. A
        simulation that is still running ends.
      </DialogText>
      <ul aria-busy={preview.isPending} className="num mt-2.5 grid gap-1 text-dense">
        {preview.data === undefined ? (
          <li className="text-ink-3">{failed === null ? "Counting what there is" : ""}</li>
        ) : (
          linesFor(preview.data).map((line) => (
            <li key={line} className="wrap-anywhere">
              {line}
            </li>
          ))
        )}
      </ul>
      {failed !== null && !isPending && (
        <DialogFailure>
          {refused === null ? "" : "Nothing was removed. "}
          {failed.message}
        </DialogFailure>
      )}
      <DialogActions>
        <Button
          disabled={isPending || preview.data === undefined}
          onClick={() => mutate(undefined, { onSuccess: onClose })}
        >
          {isPending ? "Removing…" : "Remove"}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function linesFor({ sources, ...counts }: AnswerOf<typeof demonstrationAnswer>): string[] {
  const { meetings, people, waits, events, deliveries, scheduled_meetings, statements } = counts;
  const names = sources.map(({ provider, name }) => `${name} (${provider})`).join(", ");
  return [
    `${counted(sources.length, "source", "sources")}: ${names}`,
    counted(meetings, "meeting", "meetings"),
    counted(people, "person", "people"),
    counted(waits, "wait", "waits"),
    `${counted(deliveries, "webhook", "webhooks")}, and ${counted(events, "event", "events")} read from them`,
    ...(scheduled_meetings === 0
      ? []
      : [counted(scheduled_meetings, "expected meeting", "expected meetings")]),
    ...(statements === 0
      ? []
      : [`${counted(statements, "statement", "statements")} about nothing else`]),
  ];
}
