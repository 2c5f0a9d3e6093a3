import type { Client } from "./client.ts";
import { BadHost, hostOf } from "./host.ts";
import { isFromOwnPage, isKnownHost, READING } from "./own-page.ts";
import { BadTarget, type RequestTarget, targetOf } from "./target.ts";
import { isFromThisMachine } from "./this-machine.ts";

/** The port for everything, or the one that a proxy may publish. */
export type Side = "own" | "public";

/**
 * Whether people sign in. With `nobody` whoever is at this machine may everything, and others see no page. With
 * `required` pages are for everybody who knows a name of this server, and who they are is asked behind the gate.
 */
export type SignIn = "nobody" | "required";

/** What of the installation a decision depends on. */
export interface GateRules {
  /** Lets this machine reach what the page framework serves besides the pages. */
  development: boolean;
  /** The address under which others reach this server. */
  publicUrl: URL | null;
  signIn: SignIn;
}

/** The head of a request, as it came. */
export interface RequestHead {
  method: string;
  target: string;
  rawHeaders: readonly string[];
  headers: Readonly<Record<string, unknown>>;
  httpVersion: string;
  peer: string | undefined;
  /** The address of this machine at which the connection arrived. */
  arrivedAt: string | null;
  client: Client;
}

export interface RefusedRequest {
  kind: "refused";
  status: number;
  code: string;
  message: string;
  allow: string | null;
  /** The form of the answer: `text` for a person who opens a page, `bots` for a client of Attendee's addresses. */
  as: "json" | "text" | "bots";
}

/** What is decided on a request. There is no other way in. */
export type Decision =
  | RefusedRequest
  | (RequestTarget & {
      /** Which part answers. A `page` also gives out the session of this machine. */
      kind: "webhook" | "api" | "asset" | "open page" | "page" | "socket";
      cookies: BelievedCookies;
    });

/**
 * Which cookies are passed on: all, that of this machine's session among them; those of people who sign in, and so
 * all but that; or none.
 */
export type BelievedCookies = "this machine's" | "people's" | "none";

/**
 * Pages for who waits. Nothing on them changes anything, and nobody is known there by a cookie, so pages of others may
 * show them.
 */
export const WAIT = "/wait/";
/** Paths open to anyone who knows the address; with the health check, all that the public port has. */
const PUBLISHED = ["/api/webhooks/", "/statements/", "/api/v1/statements/", WAIT, "/_next/static/"];
/** Pages for those who have not signed in yet; the public port has none. */
const DOORS = ["/sign-in", "/second-factor"];
const JOIN = "/join/";
/** Pages for whoever has a shared link; nor has the public port these. */
const SHARED = ["/shared/", "/wallboard/"];
const HEALTH = "/api/health";
const SOCKETS = "/socket.io/";
/** The API that `server/integrations/bots` imitates answers 404 at such an address, where the page framework would redirect. */
const BOT_WITH_SLASH = /^\/api\/v1\/(?:bots|app_sessions)\/(?:.*\/)?$/;
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
/** Methods that change nothing. */
const SAFE = [...READING, "OPTIONS"];

/** Decides on a request by its head alone. */
export function decide(head: RequestHead, side: Side, rules: GateRules): Decision {
  let host: string | null;
  let target: RequestTarget;
  try {
    host = hostOf(head.rawHeaders);
    target = targetOf(head.target, host);
  } catch (error) {
    if (error instanceof BadHost) return refused(400, "bad_host", error.message);
    if (error instanceof BadTarget) return refused(400, "bad_address", error.message);
    throw error;
  }
  const { path } = target;
  // Without one it is no browser, and so nobody was led here by a name.
  if (host !== null && !isKnownHost(host, rules.publicUrl, head.arrivedAt)) {
    return unknownHost(host, path);
  }
  if (!METHODS.includes(head.method)) return notAllowed(METHODS);
  if (path.includes("%00")) return nowhere();
  const isPublished = path === HEALTH || PUBLISHED.some((start) => path.startsWith(start));
  if (side === "public" && !isPublished) return nowhere();
  const fromHere = side === "own" && isFromThisMachine({ ...head, host });
  const ownPage = isFromOwnPage({ ...head, host }, rules.publicUrl);
  const isKnown = side === "own" && ownPage && !path.startsWith(WAIT);
  const cookies = isKnown ? believed(rules.signIn, fromHere) : "none";
  const kind = kindOf(path, head.method, isPublished);
  if (kind === "bot with slash") return { ...nowhere(), as: "bots" };
  if (kind === "api" && !SAFE.includes(head.method) && !ownPage && !hasKey(head)) return CROSS_SITE;
  if (kind === "socket" || kind === "webhook" || kind === "api") {
    return { kind, ...target, cookies };
  }
  if (!READING.includes(head.method)) return notAllowed(READING);
  if (kind === "asset" || kind === "open page") return { kind, ...target, cookies };
  if (!fromHere && rules.signIn === "nobody") return AWAY;
  if (path.startsWith("/_next/")) {
    return rules.development && fromHere ? { kind: "asset", ...target, cookies } : nowhere();
  }
  return { kind, ...target, cookies };
}

function believed(signIn: SignIn, fromHere: boolean): BelievedCookies {
  if (signIn === "required") return "people's";
  return fromHere ? "this machine's" : "none";
}

/** A key that is sent is the only thing that counts, and no browser adds it by itself. */
function hasKey({ headers }: RequestHead): boolean {
  return typeof headers["authorization"] === "string";
}

function kindOf(path: string, method: string, isPublished: boolean) {
  if (BOT_WITH_SLASH.test(path)) return "bot with slash";
  if (path.startsWith(SOCKETS)) return "socket";
  if (path.startsWith("/api/")) {
    return method === "POST" && path.startsWith("/api/webhooks/") ? "webhook" : "api";
  }
  if (path.startsWith("/_next/static/")) return "asset";
  const isDoor = DOORS.includes(path) || path.startsWith(JOIN);
  const isShared = SHARED.some((start) => path.startsWith(start));
  return isPublished || isDoor || isShared ? "open page" : "page";
}

const AWAY: RefusedRequest = {
  ...refused(
    403,
    "elsewhere",
    "Rollcall shows its pages on its own machine only, because nobody signs in yet. " +
      "Open http://localhost there, or forward the port (ssh -L).",
  ),
  as: "text",
};

const CROSS_SITE = refused(
  403,
  "cross_site",
  "A page of another site sent this. Only Rollcall's own pages, and programs with a key, change anything.",
);

function unknownHost(host: string, path: string): RefusedRequest {
  const message =
    `Rollcall does not answer to the name ${host}. If people or providers use it, ` +
    "set ROLLCALL_URL to the address that they use, such as https://rollcall.example.com.";
  const isForPrograms = path.startsWith("/api/") || path.startsWith(SOCKETS);
  return { ...refused(421, "unknown_host", message), as: isForPrograms ? "json" : "text" };
}

function nowhere(): RefusedRequest {
  return refused(404, "not_found", "There is nothing at this address.");
}

function notAllowed(methods: readonly string[]): RefusedRequest {
  return {
    ...refused(405, "method_not_allowed", `This address takes ${methods.join(", ")}.`),
    allow: methods.join(", "),
  };
}

function refused(status: number, code: string, message: string): RefusedRequest {
  return { kind: "refused", status, code, message, allow: null, as: "json" };
}
