"use client";

import { useMemo, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { labelRef } from "#components/ui/label-ref.ts";
import { LazyPart, useLazyPart } from "#components/ui/lazy/part.ts";
import { NotOpened } from "#components/ui/not-opened.tsx";
import { Sign } from "#components/ui/sign.tsx";
import { May } from "#components/viewer/may.tsx";
import type { PutAwaySubject } from "./put-away.ts";

/** Seldom opened, so its script is loaded only when it is. */
const dialog = new LazyPart(() =>
  import("./put-away-dialog.tsx").then((read) => read.PutAwayDialog),
);

interface Shown {
  subject: PutAwaySubject;
  withWords?: boolean;
  className?: string;
}

/** Opens the dialog by which an operator puts away a person, or all people of a meeting: not here any more. */
export function PutAwayButton(shown: Shown) {
  return (
    <May access="write">
      <Offered {...shown} />
    </May>
  );
}

function Offered({ subject, withWords = false, className = "" }: Shown) {
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  const { value: PutAwayDialog, failed } = useLazyPart(dialog, isOpen);
  const { name } = subject;
  const call = useMemo(() => labelRef("aria-label", () => `${name}: not here any more`), [name]);
  return (
    <>
      <Button
        ref={call}
        onClick={() => setOpen(true)}
        onPointerEnter={() => void dialog.want()}
        aria-haspopup="dialog"
        title="Not here any more"
        look={withWords ? "plain" : "sign"}
        className={`flex-none ${className}`}
      >
        {withWords ? "Not here any more" : <Sign of="put away" className="size-4" />}
      </Button>
      {isOpen && PutAwayDialog !== null && <PutAwayDialog subject={subject} onClose={close} />}
      {isOpen && PutAwayDialog === null && failed && <NotOpened onClose={close} />}
    </>
  );
}
