/** A browser takes both, and what stands before them, for the beginning of another host. */
const BASE = "http://page";
/** Leading there would lead back from there. */
const SIGN_IN = "/sign-in";

/**
 * The page of ours that a text names by its path, as a browser reads it; `null` for what leads to another host, or back
 * to signing in. It is the only rule by which anybody is led on after they signed in.
 */
export function ownPath(text: string): string | null {
  if (!text.startsWith("/")) return null;
  const url = URL.parse(text, BASE);
  // A browser leaves tabs and ends of lines out, and reads `\` as `/`: so does this, because it is read alike.
  if (url === null || url.origin !== BASE || url.pathname.startsWith("//")) return null;
  if (url.pathname === SIGN_IN) return null;
  return url.pathname + url.search + url.hash;
}

/** The address to sign in at, which leads on to a page of ours; `null` for the one that somebody chose for themself. */
export function signInAddress(next: string | null): string {
  return next === null ? SIGN_IN : `${SIGN_IN}?next=${encodeURIComponent(next)}`;
}
