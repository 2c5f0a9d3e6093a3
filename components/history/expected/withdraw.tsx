"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { askApi } from "#components/api/api.ts";
import { useOperator } from "#components/meeting/person/identity/operator.ts";
import { Modal, ModalClose, ModalDescription, ModalTitle } from "#components/ui/modal.tsx";

/** Takes a scheduled meeting back, after asking. */
export function Withdraw({
  id,
  name,
  isRepeating,
}: {
  id: string;
  name: string;
  /** It is one of those of every week: those after it may go along. */
  isRepeating: boolean;
}) {
  const [isOpen, setOpen] = useState(false);
  const router = useRouter();
  const by = useOperator();
  const { mutate, isPending, error } = useMutation({
    mutationFn: (following: boolean) =>
      askApi(`/scheduled-meetings/${encodeURIComponent(id)}`, {
        method: "DELETE",
        body: { by: by ?? "", following },
      }),
    networkMode: "always",
    onSuccess: () => router.push("/expected"),
  });
  return (
    <>
      <button type="button" aria-haspopup="dialog" onClick={() => setOpen(true)} className="button">
        Remove
      </button>
      <Modal
        open={isOpen}
        onClose={() => setOpen(false)}
        className="dialog fixed inset-x-3 top-[18dvh] z-60 mx-auto max-w-md rounded-2xl border border-line bg-surface p-5 shadow-popup outline-none"
      >
        <ModalTitle className="font-semibold text-[15px] tracking-[-0.01em]">
          Remove “<bdi>{name}</bdi>”?
        </ModalTitle>
        <ModalDescription className="mt-1 text-[13px] text-ink-2">
          It is no longer listed and its roster is deleted. The meeting itself, and who attended it,
          stay as they are.
        </ModalDescription>
        {error !== null && (
          <p role="alert" className="mt-2 text-[13px] text-lost-ink">
            {error.message}
          </p>
        )}
        <div className="mt-3.5 flex flex-wrap justify-end gap-2">
          <ModalClose className="button">Cancel</ModalClose>
          {isRepeating && (
            <button
              type="button"
              disabled={isPending}
              onClick={() => mutate(true)}
              className="button"
            >
              Remove this and all that follow
            </button>
          )}
          <button
            type="button"
            disabled={isPending}
            onClick={() => mutate(false)}
            className="button"
          >
            {isRepeating ? "Remove only this one" : "Remove"}
          </button>
        </div>
      </Modal>
    </>
  );
}
