import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { parseAndValidateFlightRouterState as readScreens } from "next/dist/server/app-render/parse-and-validate-flight-router-state.js";
import { remembered } from "#server/runtime/remembered.ts";
import type { BelievedCookies } from "./decide.ts";
import { withoutSession } from "./session.ts";
import { isOfProxy } from "./this-machine.ts";

/** The page framework's own headers: only the framework itself may set them. */
const INNER =
  /^(?:x-(?:middleware|nextjs?|matched|invoke|now|vercel|prerender|action|nonce)(?:-|$)|next-(?:action|resume)|content-security-policy)/;

const EVERYWHERE = Object.entries({
  "content-security-policy":
    "default-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  // Nothing here asks for any of these, so nothing that is smuggled in shall.
  "permissions-policy":
    "camera=(), microphone=(), geolocation=(), display-capture=(), payment=(), usb=(), serial=(), hid=()",
  "referrer-policy": "same-origin",
  "x-content-type-options": "nosniff",
});
/** Two years, after which a browser may ask without TLS again. */
const ONLY_TLS = "max-age=63072000; includeSubDomains";

/** Sets the headers that every answer has; `isSecure` where it is sent over TLS. */
export function secure(res: ServerResponse, { isSecure }: { isSecure: boolean }): void {
  for (const [name, value] of EVERYWHERE) res.setHeader(name, value);
  if (isSecure) res.setHeader("strict-transport-security", ONLY_TLS);
}

/**
 * Limits what a page may do: run scripts that have the nonce of this answer, and those that these load; and connect to
 * its own server. The page framework reads the nonce from the policy. `isEmbeddable`: pages of others may show it.
 */
export function securePage(
  req: IncomingMessage,
  res: ServerResponse,
  { development, isEmbeddable }: { development: boolean; isEmbeddable: boolean },
): void {
  const nonce = randomBytes(16).toString("base64url");
  const policy = [
    "default-src 'none'",
    // The development build of React uses `eval`.
    `script-src 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    // The development build of the page framework puts styles into the page.
    `style-src 'self' ${development ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    // A lane's place in its timeline is an attribute of a rendered page, where no nonce counts. It changes how its
    // own element looks, and nothing else.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    // One that shows what is pushed, and what says how the page is installed.
    "worker-src 'self'",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    isEmbeddable ? "frame-ancestors http: https:" : "frame-ancestors 'none'",
  ].join("; ");
  res.setHeader("content-security-policy", policy);
  req.headers["content-security-policy"] = policy;
  req.headers["x-nonce"] = nonce;
}

/** These ask for a part of a file, or only in a certain state: ours are small and are always sent whole. */
const PARTIAL = new Set(["range", "if-range", "if-match", "if-unmodified-since"]);
const isTakenOut = remembered((name) => INNER.test(name) || PARTIAL.has(name) || isOfProxy(name));
/** Names the screens that a browser has already; the page framework fails where it cannot read it. */
const SCREENS = "next-router-state-tree";

/** Removes headers that would be trusted: the page framework's own, a proxy's, and cookies that are not believed. */
export function disarm(headers: IncomingMessage["headers"], cookies: BelievedCookies): void {
  for (const name of Object.keys(headers)) if (isTakenOut(name)) delete headers[name];
  if (headers[SCREENS] !== undefined && !isReadable(headers[SCREENS])) delete headers[SCREENS];
  if (cookies === "people's") headers.cookie = withoutSession(headers.cookie);
  if (cookies === "none" || headers.cookie === "") delete headers.cookie;
}

function isReadable(screens: string | string[] | undefined): boolean {
  try {
    readScreens(screens);
    return true;
  } catch {
    return false;
  }
}
