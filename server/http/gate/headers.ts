import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { parseAndValidateFlightRouterState as readScreens } from "next/dist/server/app-render/parse-and-validate-flight-router-state.js";
import { CLIENT_ADDRESS } from "#server/runtime/client-address.ts";
import { isOfProxy } from "./this-machine.ts";

/** The page framework's own headers: only the framework itself may set them. */
const INNER =
  /^(?:x-(?:middleware|nextjs?|matched|invoke|now|vercel|prerender|action|nonce)(?:-|$)|next-(?:action|resume)|content-security-policy)/;

/** Sets the headers that every answer has. */
export function secure(res: ServerResponse): void {
  res.setHeader("x-content-type-options", "nosniff");
  res.setHeader("referrer-policy", "same-origin");
  res.setHeader("content-security-policy", "default-src 'none'; frame-ancestors 'none'");
}

/**
 * Limits what a page may do: run our own scripts, by their nonce or address, and connect to its own server. Styles
 * stand in attributes of the page, where no nonce counts. The page framework reads the nonce from the policy.
 */
export function securePage(req: IncomingMessage, res: ServerResponse, development: boolean): void {
  const nonce = randomBytes(16).toString("base64url");
  const policy = [
    "default-src 'self'",
    // The development build of React uses `eval`.
    `script-src 'self' 'nonce-${nonce}'${development ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
  res.setHeader("content-security-policy", policy);
  req.headers["content-security-policy"] = policy;
  req.headers["x-nonce"] = nonce;
}

/** These ask for a part of a file, or only in a certain state: ours are small and are always sent whole. */
const PARTIAL = new Set(["range", "if-range", "if-match", "if-unmodified-since"]);
/** Names the screens that a browser has already; the page framework fails where it cannot read it. */
const SCREENS = "next-router-state-tree";

/** Removes headers that would be trusted: the page framework's own, a proxy's, and a cookie from elsewhere. */
export function disarm(headers: IncomingMessage["headers"], fromHere: boolean): void {
  for (const name of Object.keys(headers)) {
    if (INNER.test(name) || PARTIAL.has(name) || isOfProxy(name)) delete headers[name];
  }
  delete headers[CLIENT_ADDRESS];
  if (!isReadable(headers[SCREENS])) delete headers[SCREENS];
  if (!fromHere) delete headers.cookie;
}

function isReadable(screens: string | string[] | undefined): boolean {
  try {
    readScreens(screens);
    return true;
  } catch {
    return false;
  }
}
