import { useState } from "react";

/** Returns whether a key was added after the list's first rendering. */
export function useArrivals(keys: readonly string[]): (key: string) => boolean {
  const [opened] = useState(() => new Set(keys));
  return (key) => !opened.has(key);
}
