"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { Undo2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { askApi, tellApi } from "#components/api/api.ts";
import { useOperator } from "#components/operator/operator.ts";
import { TakeAwayDialog } from "#components/operator/take-away-dialog.tsx";
import { queryKeys } from "#components/sync/query-keys.ts";
import { Button } from "#components/ui/button.tsx";
import type { ImportRow } from "#domain/sources/imports/imports.ts";
import { undoneWords } from "./import-words.ts";

const undone = async () => (await import("#server/sources/imports/schema.ts")).importUndone;

/** Undoes an import, after showing what that would remove. */
export function UndoImport({ row }: { row: ImportRow }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
        look="words"
        className="flex items-center gap-1 text-ink-2"
      >
        <Undo2 aria-hidden className="size-3 flex-none" />
        <span>
          Remove<span className="sr-only"> {row.file}</span>
        </span>
      </Button>
      {isOpen && <UndoDialog row={row} onClose={() => setOpen(false)} />}
    </>
  );
}

function UndoDialog({ row, onClose }: { row: ImportRow; onClose: () => void }) {
  const router = useRouter();
  const by = useOperator();
  const path = `/imports/${encodeURIComponent(row.id)}`;
  const counts = useQuery({
    queryKey: queryKeys.undoneImport(row.id),
    queryFn: () => askApi(`${path}?dry_run=true`, undone, { method: "DELETE" }),
    gcTime: 0,
  });
  const undoing = useMutation({
    mutationFn: () => tellApi(path, { method: "DELETE", body: { by: by ?? "" } }),
    onSuccess: () => {
      onClose();
      router.refresh();
    },
  });
  return (
    <TakeAwayDialog
      title={
        <>
          Remove “<bdi>{row.file}</bdi>”?
        </>
      }
      lead="Its attendance is removed from the history. The file can be imported again, and read differently. Statements made from it will say that they were corrected."
      counts={counts}
      counting="Reading its lines"
      linesFor={undoneWords}
      act={undoing}
      action="Remove"
      underWay="Removing…"
      form="question"
      onConfirm={() => undoing.mutate()}
      onClose={onClose}
    />
  );
}
