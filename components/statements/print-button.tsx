"use client";

/** The page on paper, or as a PDF. */
export function PrintButton() {
  return (
    <button type="button" onClick={() => window.print()} className="button">
      Print
    </button>
  );
}
