"use client";

import { useMutation } from "@tanstack/react-query";
import { Undo2, X } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { tellApi } from "#components/api/api.ts";
import { Button } from "#components/ui/button.tsx";
import { useOperator } from "./operator.ts";
import { offerUndo, UNDO_NOTICE, type Undoable } from "./undo.ts";

const SHOWN_MS = 60_000;

/** The last correction or removal, with a button that undoes it. */
export function UndoCard({ undoable }: { undoable: Undoable }) {
  const { path, name, said, isRead } = undoable;
  const operator = useOperator();
  const router = useRouter();
  const close = () => offerUndo(null);
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      tellApi(path, { method: "DELETE", body: operator === null ? {} : { by: operator } }),
    onSuccess: () => {
      close();
      if (isRead) router.refresh();
    },
  });
  const staysOpen = isPending || error !== null;
  useEffect(() => {
    if (staysOpen) return;
    const timer = setTimeout(() => offerUndo(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [staysOpen]);
  return (
    <div className="fixed bottom-4 left-1/2 z-40 flex w-96 max-w-[calc(100vw-2rem)] -translate-x-1/2 items-center gap-3 rounded-card border border-line bg-surface py-2.5 pr-2 pl-4 text-dense shadow-popup print:hidden">
      <p id={UNDO_NOTICE} tabIndex={-1} className="wrap-anywhere min-w-0 flex-1 outline-none">
        <bdi className="font-firm">{name}</bdi>: {said}
        {error !== null && !isPending && (
          <span className="block text-lost-ink">This was not undone. {error.message}</span>
        )}
      </p>
      <Button disabled={isPending} onClick={() => mutate()} className="flex items-center gap-1">
        <Undo2 aria-hidden className="size-3" />
        {isPending ? "Saving…" : "Undo"}
      </Button>
      <Button onClick={close} look="sign">
        <X aria-hidden className="size-3.5" />
        <span className="sr-only">Dismiss</span>
      </Button>
    </div>
  );
}
