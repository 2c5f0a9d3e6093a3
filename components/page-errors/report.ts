/** How many errors a page reports until it is loaded again: one that fails in a circle says nothing new. */
const MOST = 5;

/** The pattern of the page that is open; `null` where none of ours is, or nobody is known there. */
let page: string | null = null;
const told = new Set<string>();

/** Sets the pattern of the page that is open now, as `/people/[id]`. */
export function openPage(pattern: string | null): void {
  page = pattern;
}

/** Tells the server of an error of this page. What failed at the server is in its log already. */
export function reportPageError(kind: "error" | "rejection" | "screen", error: unknown): void {
  if (page === null || !(error instanceof Error) || "digest" in error) return;
  // That a request failed is no fault of the page.
  if (error.name === "ApiFailure" || error.name === "AbortError") return;
  const { name, message, stack = "" } = error;
  if (told.size >= MOST || told.has(message)) return;
  told.add(message);
  const body = JSON.stringify({
    kind,
    type: name.slice(0, 100),
    message: message.slice(0, 500),
    stack: stack.slice(0, 5_000),
    page: page.slice(0, 200),
  });
  const headers = { "content-type": "application/json" };
  fetch("/api/v1/page-errors", { method: "POST", body, headers, keepalive: true }).catch(
    // Nobody is to be told that the telling failed.
    () => undefined,
  );
}

/** The pattern of an address: what its parameters are is left out, because it may say who is looked at. */
export function patternOf(path: string, params: Readonly<Record<string, unknown>>): string {
  const names = new Map(
    Object.entries(params).map(([name, value]) => [decoded(String(value)), name]),
  );
  return path
    .split("/")
    .map((part) => {
      const name = names.get(decoded(part));
      return name === undefined ? part : `[${name}]`;
    })
    .join("/");
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
