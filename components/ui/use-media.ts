import { startTransition, useEffect, useState } from "react";

/**
 * Whether a media query matches; false on the server and in the browser's first rendering. It is React state and no
 * store: a store would render the whole page again at once in the middle of its start.
 */
export function useMedia(query: string): boolean {
  const [matches, setMatches] = useState(false);
  useEffect(() => {
    const media = window.matchMedia(query);
    const read = () => startTransition(() => setMatches(media.matches));
    read();
    media.addEventListener("change", read);
    return () => media.removeEventListener("change", read);
  }, [query]);
  return matches;
}
