"use client";

import { type ReactNode, useState } from "react";
import { CheckFile } from "./check-file.tsx";

/** What a check says, once: of the address that was opened, until something else is compared. */
export function OneVerdict({
  id,
  timeZone,
  ofAddress,
  children,
}: {
  id: string;
  timeZone: string;
  /** The verdict on what the address says. */
  ofAddress: ReactNode;
  children: ReactNode;
}) {
  const [isCompared, setCompared] = useState(false);
  return (
    <>
      {!isCompared && ofAddress}
      {children}
      <CheckFile id={id} timeZone={timeZone} onCompared={setCompared} />
    </>
  );
}
