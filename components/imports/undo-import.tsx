"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { Undo2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { askApi } from "#components/api/api.ts";
import { useOperator } from "#components/operator/operator.ts";
import { queryKeys } from "#components/sync/query-keys.ts";
import { Modal, ModalClose, ModalDescription, ModalTitle } from "#components/ui/modal.tsx";
import type { ImportRow, ImportUndone } from "#domain/imports/imports.ts";
import { undoneWords } from "./import-words.ts";

/** Undoes an import, after showing what that would remove. */
export function UndoImport({ row }: { row: ImportRow }) {
  const [isOpen, setOpen] = useState(false);
  const router = useRouter();
  const by = useOperator();
  const path = `/imports/${encodeURIComponent(row.id)}`;
  const preview = useQuery({
    queryKey: queryKeys.undoneImport(row.id),
    queryFn: () => askApi<ImportUndone>(`${path}?dry_run=true`, { method: "DELETE" }),
    enabled: isOpen,
    networkMode: "always",
    gcTime: 0,
    retry: false,
  });
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => askApi(path, { method: "DELETE", body: { by: by ?? "" } }),
    networkMode: "always",
    onSuccess: () => {
      setOpen(false);
      router.refresh();
    },
  });
  const failed = error ?? preview.error;
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
        className="flex items-center gap-1 text-ink-2 underline decoration-ink-3 underline-offset-2 hover:text-ink"
      >
        <Undo2 aria-hidden className="size-3 flex-none" />
        <span>
          Remove<span className="sr-only"> {row.file}</span>
        </span>
      </button>
      <Modal
        open={isOpen}
        onClose={() => setOpen(false)}
        className="dialog fixed inset-x-3 top-[18dvh] z-60 mx-auto max-w-md rounded-2xl border border-line bg-surface p-5 shadow-popup outline-none"
      >
        <ModalTitle className="wrap-anywhere font-semibold text-[15px] tracking-[-0.01em]">
          Remove “<bdi>{row.file}</bdi>”?
        </ModalTitle>
        <ModalDescription className="mt-1 text-[13px] text-ink-2">
          Its attendance is removed from the history. The file can be imported again, and read
          differently. Statements made from it will say that they were corrected.
        </ModalDescription>
        <ul aria-busy={preview.isPending} className="num mt-2.5 grid gap-1 text-[13px]">
          {preview.data === undefined ? (
            <li className="text-ink-3">{failed === null ? "Reading its lines" : ""}</li>
          ) : (
            undoneWords(preview.data).map((line) => <li key={line}>{line}</li>)
          )}
        </ul>
        {failed !== null && (
          <p role="alert" className="mt-2 text-[13px] text-lost-ink">
            {failed.message}
          </p>
        )}
        <div className="mt-3.5 flex justify-end gap-2">
          <ModalClose className="button">Cancel</ModalClose>
          <button
            type="button"
            disabled={isPending || preview.data === undefined}
            onClick={() => mutate()}
            className="button"
          >
            {isPending ? "Removing…" : "Remove"}
          </button>
        </div>
      </Modal>
    </>
  );
}
