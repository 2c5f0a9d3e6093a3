"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import {
  Dialog,
  DialogActions,
  DialogFailure,
  DialogText,
  DialogTitle,
} from "#components/ui/dialog.tsx";
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
    onSuccess: () => router.push(zoned(to)),
  });
  return (
    <>
      <Button aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {word}
      </Button>
      <Dialog open={isOpen} onClose={() => setOpen(false)}>
        <DialogTitle>
          {word} “<bdi>{name}</bdi>”?
        </DialogTitle>
        <DialogText>{children}</DialogText>
        {error !== null && <DialogFailure>{error.message}</DialogFailure>}
        <DialogActions>
          {ways.map((way) => (
            <Button key={way.words} disabled={isPending} onClick={() => mutate(way)}>
              {way.words}
            </Button>
          ))}
        </DialogActions>
      </Dialog>
    </>
  );
}
