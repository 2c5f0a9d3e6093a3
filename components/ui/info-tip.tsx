"use client";

import { Popover } from "@base-ui/react/popover";
import { Info } from "lucide-react";
import type { ReactNode } from "react";

/** Explains a number. A popover that also opens on hover, so that it works by touch and by keyboard too. */
export function InfoTip({ about, children }: { about: string; children: ReactNode }) {
  const label = `How "${about}" is reckoned`;
  return (
    <Popover.Root>
      <Popover.Trigger
        openOnHover
        delay={150}
        aria-label={label}
        className="-my-1 -mx-1.5 rounded-md p-1.5 text-ink-3 print:hidden hover:text-ink data-popup-open:text-ink"
      >
        <Info aria-hidden className="size-3.25" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={4} collisionPadding={12} className="z-50">
          <Popover.Popup
            aria-label={label}
            className="popup max-w-72 rounded-lg border border-line bg-surface px-3 py-2.5 text-[12.5px] text-ink-2 leading-relaxed shadow-popup outline-none"
          >
            {children}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
