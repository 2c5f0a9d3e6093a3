import { type UseMutationResult, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { askApi } from "#components/api/api.ts";
import { TakeAwayDialog } from "#components/operator/take-away-dialog.tsx";
import { queryKeys } from "#components/sync/query-keys.ts";
import { DIALOG_INPUT, FormField } from "#components/ui/field.tsx";
import { counted } from "#components/words/count.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import type { erasurePreview as previewAnswer } from "#server/privacy/erasure/schema.ts";

const erasurePreview = async () =>
  (await import("#server/privacy/erasure/schema.ts")).erasurePreview;

/** Shows what an erasure takes and what stays, and asks for the name of the person to be typed. */
export function EraseDialog({
  id,
  onClose,
  begin,
}: {
  id: string;
  onClose: () => void;
  begin: Pick<UseMutationResult<unknown, Error, string>, "mutate" | "isPending" | "error">;
}) {
  const [typed, setTyped] = useState("");
  const preview = useQuery({
    queryKey: queryKeys.erasurePreview(id),
    queryFn: () => askApi(`/people/${id}/erasure`, erasurePreview),
    gcTime: 0,
  });
  const name = preview.data?.name;
  return (
    <TakeAwayDialog
      title="Erase this person?"
      lead="This cannot be undone. In every meeting they become an erased person with a number, so that all numbers stay. Backups that were made before still have everything."
      counts={preview}
      linesFor={linesFor}
      act={begin}
      refusedWords="Nothing was erased. "
      action="Erase for good"
      underWay="Erasing…"
      isSure={name !== undefined && plain(typed) === plain(name)}
      onConfirm={() => begin.mutate(typed, { onSuccess: onClose })}
      onClose={onClose}
    >
      {name !== undefined && (
        <FormField label={`Type “${name}” to confirm`} faults={[]} className="mt-3">
          {(ties) => (
            <input
              {...ties}
              value={typed}
              onChange={({ target }) => setTyped(target.value)}
              autoComplete="off"
              spellCheck={false}
              className={DIALOG_INPUT}
            />
          )}
        </FormField>
      )}
    </TakeAwayDialog>
  );
}

/** As the server compares it, near enough to offer the button: it has the last word. */
function plain(text: string): string {
  return text.normalize("NFKC").toLowerCase().replace(/\s+/gu, " ").trim();
}

function linesFor(found: AnswerOf<typeof previewAnswer>): string[] {
  const { names, meetings, deliveries, statements, roster_lines, audit_entries, titles } = found;
  return [
    `${counted(names, "name or id", "names and ids")} in ${counted(meetings, "meeting", "meetings")}`,
    counted(deliveries, "webhook with its body", "webhooks with their bodies"),
    ...(statements === 0
      ? []
      : [`${counted(statements, "statement", "statements")}: their links say “erased”`]),
    ...(roster_lines === 0 ? [] : [counted(roster_lines, "line of a roster", "lines of rosters")]),
    ...(audit_entries === 0
      ? []
      : [`Their name in ${counted(audit_entries, "entry", "entries")} of the audit log`]),
    ...(titles === 0
      ? []
      : [
          `${counted(titles, "title", "titles")} of rooms, meetings or lists with their name in it will stay: change that by hand`,
        ]),
  ];
}
