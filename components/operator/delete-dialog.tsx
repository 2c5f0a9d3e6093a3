import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { tellApi } from "#components/api/api.ts";
import { Button } from "#components/ui/button.tsx";
import {
  Dialog,
  DialogActions,
  DialogFailure,
  DialogText,
  DialogTitle,
} from "#components/ui/dialog.tsx";

/** Asks whether something is to be taken away for good, and does it; then the page is read again. */
export function DeleteDialog({
  title,
  lead,
  path,
  action,
  underWay,
  onClose,
}: {
  title: ReactNode;
  /** What follows from it. */
  lead: string;
  path: string;
  /** What the button says, and what it says meanwhile. */
  action: string;
  underWay: string;
  onClose: () => void;
}) {
  const router = useRouter();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => tellApi(path, { method: "DELETE" }),
    onSuccess: () => {
      router.refresh();
      onClose();
    },
  });
  return (
    <Dialog open onClose={onClose}>
      <DialogTitle>{title}</DialogTitle>
      <DialogText>{lead}</DialogText>
      {error !== null && <DialogFailure>{error.message}</DialogFailure>}
      <DialogActions>
        <Button disabled={isPending} onClick={() => mutate()}>
          {isPending ? underWay : action}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
