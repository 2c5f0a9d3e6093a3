"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { askApi } from "#components/api/api.ts";
import { useOperator } from "#components/meeting/person/identity/operator.ts";
import { Modal, ModalClose, ModalDescription, ModalTitle } from "#components/ui/modal.tsx";

/** Deletes a class list, after asking. */
export function DeleteList({ id, name }: { id: string; name: string }) {
  const [isOpen, setOpen] = useState(false);
  const router = useRouter();
  const by = useOperator();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      askApi(`/class-lists/${encodeURIComponent(id)}`, {
        method: "DELETE",
        body: { by: by ?? "" },
      }),
    networkMode: "always",
    onSuccess: () => router.push("/expected/lists"),
  });
  return (
    <>
      <button type="button" aria-haspopup="dialog" onClick={() => setOpen(true)} className="button">
        Delete
      </button>
      <Modal
        open={isOpen}
        onClose={() => setOpen(false)}
        className="dialog fixed inset-x-3 top-[18dvh] z-60 mx-auto max-w-md rounded-2xl border border-line bg-surface p-5 shadow-popup outline-none"
      >
        <ModalTitle className="font-semibold text-[15px] tracking-[-0.01em]">
          Delete “<bdi>{name}</bdi>”?
        </ModalTitle>
        <ModalDescription className="mt-1 text-[13px] text-ink-2">
          Rooms and scheduled meetings that use it have no list then. The meetings, and who attended
          them, stay as they are.
        </ModalDescription>
        {error !== null && (
          <p role="alert" className="mt-2 text-[13px] text-lost-ink">
            {error.message}
          </p>
        )}
        <div className="mt-3.5 flex justify-end gap-2">
          <ModalClose className="button">Cancel</ModalClose>
          <button type="button" disabled={isPending} onClick={() => mutate()} className="button">
            Delete
          </button>
        </div>
      </Modal>
    </>
  );
}
