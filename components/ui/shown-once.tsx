import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import { CopyButton } from "./copy-button.tsx";
import { Dialog, DialogText, DialogTitle } from "./dialog.tsx";

/** A text that is shown once, to be copied: a key, or the address of a link. */
export function ShownOnce({
  title,
  lead,
  text,
  copy,
  onClose,
}: {
  title: ReactNode;
  /** What to do with it. */
  lead: ReactNode;
  text: string;
  /** The name of the button that copies it. */
  copy: string;
  onClose: () => void;
}) {
  return (
    <Dialog open onClose={onClose}>
      <DialogTitle>{title}</DialogTitle>
      <DialogText>{lead}</DialogText>
      <p className="mt-2.5 flex items-center justify-between gap-2 rounded-lg bg-sunken px-2.5 py-1.5">
        <code className="wrap-anywhere text-dense">{text}</code>
        <CopyButton text={text} label={copy} />
      </p>
      <div className="mt-3.5 flex justify-end">
        <Button look="primary" onClick={onClose}>
          Done
        </Button>
      </div>
    </Dialog>
  );
}
