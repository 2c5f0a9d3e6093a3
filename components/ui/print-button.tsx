"use client";

import { Printer } from "lucide-react";
import { Button } from "./button.tsx";

/** Prints the page. */
export function PrintButton({ hasSign = false }: { hasSign?: boolean }) {
  return (
    <Button onClick={() => window.print()} hasSign={hasSign}>
      {hasSign && <Printer aria-hidden className="size-3.5" />}
      Print
    </Button>
  );
}
