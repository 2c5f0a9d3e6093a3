import type { UseMutationResult, UseQueryResult } from "@tanstack/react-query";
import type { FormEvent, ReactNode } from "react";
import { Button } from "#components/ui/button.tsx";
import {
  Dialog,
  DialogActions,
  DialogFailure,
  type DialogForm,
  DialogText,
  DialogTitle,
} from "#components/ui/dialog.tsx";

/** Shows what would go for good, counted, and asks; before it was counted nobody can say yes. */
export function TakeAwayDialog<Counts>({
  title,
  lead,
  counts,
  counting = "Counting what there is",
  linesFor,
  act: { isPending, error: refused },
  refusedWords = "",
  action,
  underWay,
  isSure = true,
  form = "long",
  onConfirm,
  onClose,
  children,
}: {
  title: ReactNode;
  /** What follows from it. */
  lead: string;
  counts: Pick<UseQueryResult<Counts>, "data" | "isPending" | "error">;
  counting?: string;
  linesFor: (counts: Counts) => readonly string[];
  act: Pick<UseMutationResult, "isPending" | "error">;
  /** What is said before the reason why it was refused. */
  refusedWords?: string;
  /** What the button says, and what it says meanwhile. */
  action: string;
  underWay: string;
  /** Whether what is asked besides was answered. */
  isSure?: boolean;
  form?: DialogForm;
  onConfirm: () => void;
  onClose: () => void;
  /** What is asked besides. */
  children?: ReactNode;
}) {
  const failed = refused ?? counts.error;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onConfirm();
  };
  return (
    <Dialog open onClose={onClose} form={form}>
      <form onSubmit={submit}>
        <DialogTitle className="wrap-anywhere">{title}</DialogTitle>
        <DialogText>{lead}</DialogText>
        <ul aria-busy={counts.isPending} className="num mt-2.5 grid gap-1 text-dense">
          {counts.data === undefined ? (
            <li className="text-ink-3">{failed === null ? counting : ""}</li>
          ) : (
            linesFor(counts.data).map((line) => (
              <li key={line} className="wrap-anywhere">
                {line}
              </li>
            ))
          )}
        </ul>
        {children}
        {failed !== null && !isPending && (
          <DialogFailure>
            {refused === null ? "" : refusedWords}
            {failed.message}
          </DialogFailure>
        )}
        <DialogActions>
          <Button type="submit" disabled={isPending || counts.data === undefined || !isSure}>
            {isPending ? underWay : action}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
