import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { parseAndValidateFlightRouterState as readScreens } from "next/dist/server/app-render/parse-and-validate-flight-router-state.js";
import { isOfProxy } from "./here.ts";

/** The page framework's own headers: it sets them itself, and nobody else tells it what it is doing. */
const INNER =
  /^(?:x-(?:middleware|nextjs?|matched|invoke|now|vercel|prerender|action|nonce)(?:-|$)|next-(?:action|resume)|content-security-policy)/;

/** What every answer says, whoever gives it. */
export function secure(res: ServerResponse): void {
  res.setHeader("x-content-type-options", "nosniff");
  res.setHeader("referrer-policy", "same-origin");
  res.setHeader("content-security-policy", "default-src 'none'; frame-ancestors 'none'");
}

/**
 * What a page may do: run what is ours by its nonce or its address, and speak to where it came from. Styles
 * stand in attributes of the page, which no nonce reaches. The page framework reads the nonce from the policy.
 */
export function securePage(req: IncomingMessage, res: ServerResponse, development: boolean): void {
  const nonce = randomBytes(16).toString("base64url");
  const policy = [
    "default-src 'self'",
    // The development build of React evaluates.
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

/** Asks for a part of a file, or for one only in a certain state: whole ones are small, and always right. */
const PARTIAL = new Set(["range", "if-range", "if-match", "if-unmodified-since"]);
/** Which screens a browser has already; the page framework fails at what it cannot read. */
const SCREENS = "next-router-state-tree";

/** Takes away what would be believed: the page framework's own headers, a proxy's, and a stranger's session. */
export function disarm(headers: IncomingMessage["headers"], fromHere: boolean): void {
  for (const name of Object.keys(headers)) {
    if (INNER.test(name) || PARTIAL.has(name) || isOfProxy(name)) delete headers[name];
  }
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
