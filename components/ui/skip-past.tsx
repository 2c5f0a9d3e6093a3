"use client";

import { type ReactNode, useId } from "react";
import { SkipLink } from "./skip-link.tsx";

/** Lets a keyboard skip a part with very many tab stops. */
export function SkipPast({ what, children }: { what: string; children: ReactNode }) {
  const end = useId();
  return (
    <>
      <SkipLink to={end}>{`Skip past the ${what}`}</SkipLink>
      {children}
      <span id={end} tabIndex={-1} className="block outline-none" />
    </>
  );
}
