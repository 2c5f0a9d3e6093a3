import { useState } from "react";

/** Tells what has come since a list was first drawn from what was there from the beginning. */
export function useArrivals(keys: readonly string[]): (key: string) => boolean {
  const [opened] = useState(() => new Set(keys));
  return (key) => !opened.has(key);
}
