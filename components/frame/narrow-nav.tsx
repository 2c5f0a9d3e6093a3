"use client";

import { Dialog } from "@base-ui/react/dialog";
import { Menu, X } from "lucide-react";
import { usePathname } from "next/navigation";
import { useState } from "react";
import { MainNav } from "./main-nav.tsx";

/** The navigation where there is no room for it at the side: behind a button, over what is seen. */
export function NarrowNav() {
  const pathname = usePathname();
  const [openedAt, setOpenedAt] = useState<string | null>(null);
  // Whoever has gone somewhere else is done with it.
  const isOpen = openedAt !== null && openedAt === pathname;
  return (
    <Dialog.Root
      open={isOpen}
      onOpenChange={(open) => setOpenedAt(open ? (pathname ?? "/") : null)}
    >
      <Dialog.Trigger
        aria-label="Menu"
        className="-ml-1 rounded-lg p-2 text-ink-2 hover:bg-sunken hover:text-ink lg:hidden"
      >
        <Menu aria-hidden className="size-4.5" />
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Backdrop className="veil fixed inset-0 z-40 bg-[oklch(15%_0.01_260/0.45)] lg:hidden" />
        <Dialog.Popup className="dialog fixed inset-y-0 left-0 z-50 flex w-66 max-w-[85vw] flex-col gap-2 overflow-y-auto border-line border-r bg-ground px-3 py-3 shadow-popup outline-none lg:hidden">
          <div className="flex items-center justify-between pl-2.5">
            <Dialog.Title className="font-[620] text-[15.5px] tracking-[-0.01em]">
              Rollcall
            </Dialog.Title>
            <Dialog.Close
              aria-label="Close"
              className="rounded-md p-1.5 text-ink-3 hover:bg-sunken hover:text-ink"
            >
              <X aria-hidden className="size-4.5" />
            </Dialog.Close>
          </div>
          <MainNav />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
