"use client";

/** Prints the page, or saves it as a PDF. */
export function PrintButton() {
  return (
    <button type="button" onClick={() => window.print()} className="button">
      Print
    </button>
  );
}
