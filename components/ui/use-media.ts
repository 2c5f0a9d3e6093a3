import { startTransition, useEffect, useState } from "react";

/**
 * Whether a media query holds; false on the server and in the first drawing in the browser. What depends on it is
 * drawn again beside everything else: as a store it would have all of a page drawn at once in the middle of its start.
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
