"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { Undo2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { askApi, tellApi } from "#components/api/api.ts";
import { useOperator } from "#components/operator/operator.ts";
import { queryKeys } from "#components/sync/query-keys.ts";
import { Button } from "#components/ui/button.tsx";
import {
  Dialog,
  DialogActions,
  DialogFailure,
  DialogText,
  DialogTitle,
} from "#components/ui/dialog.tsx";
import type { ImportRow } from "#domain/imports/imports.ts";
import { undoneWords } from "./import-words.ts";

const undone = async () => (await import("#server/imports/schema.ts")).importUndone;

/** Undoes an import, after showing what that would remove. */
export function UndoImport({ row }: { row: ImportRow }) {
  const [isOpen, setOpen] = useState(false);
  const router = useRouter();
  const by = useOperator();
  const path = `/imports/${encodeURIComponent(row.id)}`;
  const preview = useQuery({
    queryKey: queryKeys.undoneImport(row.id),
    queryFn: () => askApi(`${path}?dry_run=true`, undone, { method: "DELETE" }),
    enabled: isOpen,
    gcTime: 0,
  });
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => tellApi(path, { method: "DELETE", body: { by: by ?? "" } }),
    onSuccess: () => {
      setOpen(false);
      router.refresh();
    },
  });
  const failed = error ?? preview.error;
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
      <Dialog open={isOpen} onClose={() => setOpen(false)}>
        <DialogTitle className="wrap-anywhere">
          Remove “<bdi>{row.file}</bdi>”?
        </DialogTitle>
        <DialogText>
          Its attendance is removed from the history. The file can be imported again, and read
          differently. Statements made from it will say that they were corrected.
        </DialogText>
        <ul aria-busy={preview.isPending} className="num mt-2.5 grid gap-1 text-dense">
          {preview.data === undefined ? (
            <li className="text-ink-3">{failed === null ? "Reading its lines" : ""}</li>
          ) : (
            undoneWords(preview.data).map((line) => <li key={line}>{line}</li>)
          )}
        </ul>
        {failed !== null && <DialogFailure>{failed.message}</DialogFailure>}
        <DialogActions>
          <Button disabled={isPending || preview.data === undefined} onClick={() => mutate()}>
            {isPending ? "Removing…" : "Remove"}
          </Button>
        </DialogActions>
      </Dialog>
    </>
  );
}
