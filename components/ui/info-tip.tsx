"use client";

import { Info } from "lucide-react";
import { type ReactNode, useState } from "react";
import { PopOver } from "./pop-over.tsx";

/** Explains a number. A popover that also opens on hover, so that it works by touch and by keyboard too. */
export function InfoTip({ about, children }: { about: string; children: ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  const label = `How "${about}" is calculated`;
  return (
    <PopOver
      open={isOpen}
      onOpenChange={setOpen}
      opensOnHover
      button={{
        label,
        className:
          "relative z-1 -my-1 -mx-1.5 rounded-md p-1.5 text-ink-3 print:hidden hover:text-ink data-popup-open:text-ink",
        children: <Info aria-hidden className="size-3.25" />,
      }}
      label={label}
      className="max-w-72 px-3 py-2.5 text-note text-ink-2 leading-relaxed"
    >
      {children}
    </PopOver>
  );
}
