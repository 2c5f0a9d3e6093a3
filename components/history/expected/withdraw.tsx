"use client";

import { Dialog } from "@base-ui/react/dialog";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { askApi } from "#components/api/api.ts";
import { useOperator } from "#components/meeting/person/identity/operator.ts";

/** Takes a scheduled meeting back, after asking. */
export function Withdraw({ id, name }: { id: string; name: string }) {
  const [isOpen, setOpen] = useState(false);
  const router = useRouter();
  const by = useOperator();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      askApi(`/scheduled-meetings/${encodeURIComponent(id)}`, {
        method: "DELETE",
        body: { by: by ?? "" },
      }),
    networkMode: "always",
    onSuccess: () => router.push("/expected"),
  });
  return (
    <Dialog.Root open={isOpen} onOpenChange={setOpen}>
      <Dialog.Trigger className="button">Withdraw</Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Backdrop className="veil fixed inset-0 z-50 bg-[oklch(15%_0.01_260/0.45)]" />
        <Dialog.Popup className="dialog fixed inset-x-3 top-[18dvh] z-60 mx-auto max-w-md rounded-2xl border border-line bg-surface p-5 shadow-popup outline-none">
          <Dialog.Title className="font-semibold text-[15px] tracking-[-0.01em]">
            Withdraw “<bdi>{name}</bdi>”?
          </Dialog.Title>
          <Dialog.Description className="mt-1 text-[13px] text-ink-2">
            It is no longer listed and its roster is deleted. The meeting itself, and who attended
            it, stay as they are.
          </Dialog.Description>
          {error !== null && (
            <p role="alert" className="mt-2 text-[13px] text-lost-ink">
              {error.message}
            </p>
          )}
          <div className="mt-3.5 flex justify-end gap-2">
            <Dialog.Close className="button">Keep it</Dialog.Close>
            <button type="button" disabled={isPending} onClick={() => mutate()} className="button">
              Withdraw
            </button>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
