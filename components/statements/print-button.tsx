"use client";

import { Button } from "#components/ui/button.tsx";

/** Prints the page, or saves it as a PDF. */
export function PrintButton() {
  return <Button onClick={() => window.print()}>Print</Button>;
}
