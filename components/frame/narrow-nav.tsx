"use client";

import { Menu, X } from "lucide-react";
import { usePathname } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Modal, ModalClose, ModalTitle } from "#components/ui/modal.tsx";
import { MainNav } from "./main-nav.tsx";
import { ThemeSwitch } from "./theme-switch.tsx";
import { TimeControl } from "./time-control.tsx";

/** The navigation where there is no room for it at the side: behind a button, over the page. */
export function NarrowNav() {
  const pathname = usePathname();
  const [openedAt, setOpenedAt] = useState<string | null>(null);
  // It closes when the reader has gone to another page.
  const isOpen = openedAt !== null && openedAt === pathname;
  return (
    <>
      <Button
        aria-label="Menu"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={() => setOpenedAt(pathname ?? "/")}
        look="quiet"
        className="-ml-1 p-2 lg:hidden"
      >
        <Menu aria-hidden className="size-4.5" />
      </Button>
      <Modal
        open={isOpen}
        onClose={() => setOpenedAt(null)}
        veil="z-40 lg:hidden"
        className="dialog fixed inset-y-0 left-0 z-50 flex w-66 max-w-[85vw] flex-col gap-2 overflow-y-auto border-line border-r bg-ground px-3 py-3 shadow-popup outline-none lg:hidden"
      >
        <div className="flex items-center justify-between pl-2.5">
          <ModalTitle className="font-heading text-subhead tracking-head">Rollcall</ModalTitle>
          <ModalClose aria-label="Close" look="sign">
            <X aria-hidden className="size-4.5" />
          </ModalClose>
        </div>
        <MainNav />
        <div className="mt-auto grid gap-3 border-line border-t px-2.5 pt-3">
          <TimeControl />
          {/* A phone has no room for it at the top, beside the freshness badge. */}
          <div className="sm:hidden">
            <ThemeSwitch />
          </div>
        </div>
      </Modal>
    </>
  );
}
