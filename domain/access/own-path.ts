/** A browser takes both, and what stands before them, for the beginning of another host. */
const BASE = "http://page";
const SIGN_IN = "/sign-in";
const SECOND_FACTOR = "/second-factor";
/** Leading there would lead back from there. */
const DOORS = [SIGN_IN, SECOND_FACTOR];

/**
 * The page of ours that a text names by its path, as a browser reads it; `null` for what leads to another host, or back
 * to signing in. It is the only rule by which anybody is led on after they signed in.
 */
export function ownPath(text: string): string | null {
  if (!text.startsWith("/")) return null;
  const url = URL.parse(text, BASE);
  // A browser leaves tabs and ends of lines out, and reads `\` as `/`: so does this, because it is read alike.
  if (url === null || url.origin !== BASE || url.pathname.startsWith("//")) return null;
  if (DOORS.includes(url.pathname)) return null;
  return url.pathname + url.search + url.hash;
}

/** The address to sign in at, which leads on to a page of ours; `null` for the one that somebody chose for themself. */
export function signInAddress(next: string | null): string {
  return withNext(SIGN_IN, next);
}

/** The address at which somebody sets up a code before anything else; it leads on alike. */
export function codeAddress(next: string | null): string {
  return withNext(SECOND_FACTOR, next);
}

function withNext(door: string, next: string | null): string {
  return next === null ? door : `${door}?next=${encodeURIComponent(next)}`;
}
