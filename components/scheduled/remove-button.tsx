"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Modal, ModalClose, ModalDescription, ModalTitle } from "#components/ui/modal.tsx";
import { useZoned } from "#components/viewer/use-zoned.ts";

/** One way to remove something; `act` sends it to the server. */
interface Way {
  words: string;
  act: () => Promise<unknown>;
}

/** Removes something after asking, and goes to a page that does not show it. */
export function RemoveButton({
  word,
  name,
  ways,
  to,
  children,
}: {
  /** Its name on the button, and in the question. */
  word: string;
  name: string;
  ways: readonly Way[];
  to: string;
  /** What removing it leads to. */
  children: ReactNode;
}) {
  const [isOpen, setOpen] = useState(false);
  const router = useRouter();
  const zoned = useZoned();
  const { mutate, isPending, error } = useMutation({
    mutationFn: ({ act }: Way) => act(),
    networkMode: "always",
    onSuccess: () => router.push(zoned(to)),
  });
  return (
    <>
      <Button aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {word}
      </Button>
      <Modal
        open={isOpen}
        onClose={() => setOpen(false)}
        className="dialog fixed inset-x-3 top-[18dvh] z-60 mx-auto max-w-md rounded-2xl border border-line bg-surface p-5 shadow-popup outline-none"
      >
        <ModalTitle className="font-semibold text-lead tracking-head">
          {word} “<bdi>{name}</bdi>”?
        </ModalTitle>
        <ModalDescription className="mt-1 text-dense text-ink-2">{children}</ModalDescription>
        {error !== null && (
          <p role="alert" className="mt-2 text-dense text-lost-ink">
            {error.message}
          </p>
        )}
        <div className="mt-3.5 flex flex-wrap justify-end gap-2">
          <ModalClose>Cancel</ModalClose>
          {ways.map((way) => (
            <Button key={way.words} disabled={isPending} onClick={() => mutate(way)}>
              {way.words}
            </Button>
          ))}
        </div>
      </Modal>
    </>
  );
}
