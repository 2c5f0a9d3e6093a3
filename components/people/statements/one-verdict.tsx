"use client";

import { type ReactNode, useState } from "react";
import { CheckFile } from "./check-file.tsx";

/** The one verdict of a check: that of the opened address, until the reader compares something else. */
export function OneVerdict({
  id,
  timeZone,
  ofAddress,
  children,
}: {
  id: string;
  timeZone: string;
  /** The verdict on the hash in the address. */
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
