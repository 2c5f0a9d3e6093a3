"use client";

import { connectEarly } from "./live-socket.ts";

// As soon as this is loaded: what draws the page takes it over only then.
if (typeof window !== "undefined") connectEarly();

/** Stands in a layout whose pages are live, before all that is. */
export function ConnectEarly(): null {
  return null;
}
