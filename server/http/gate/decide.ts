import { BadHost, hostOf } from "./host.ts";
import { BadTarget, type RequestTarget, targetOf } from "./target.ts";
import { isFromThisMachine } from "./this-machine.ts";

/** The port for everything, or the one that a proxy may publish. */
export type Side = "own" | "public";

/** The head of a request, as it came. */
export interface RequestHead {
  method: string;
  target: string;
  rawHeaders: readonly string[];
  headers: Readonly<Record<string, unknown>>;
  httpVersion: string;
  peer: string | undefined;
}

export interface RefusedRequest {
  kind: "refused";
  status: number;
  code: string;
  message: string;
  allow: string | null;
  /** The form of the answer: `text` for a person who opens a page, `bots` for a client of `/api/v1/bots`. */
  as: "json" | "text" | "bots";
}

/** What is decided on a request. There is no other way in. */
export type Decision =
  | RefusedRequest
  | (RequestTarget & {
      /** Which part answers. A `page` also gives out the session. */
      kind: "webhook" | "api" | "asset" | "open page" | "page" | "socket";
      /** Whether it was sent from this machine: only then a session counts. */
      fromHere: boolean;
    });

/** Paths open to anyone who knows the address; with the health check, all that the public port has. */
const PUBLISHED = [
  "/api/webhooks/",
  "/statements/",
  "/api/v1/statements/",
  "/wait/",
  "/_next/static/",
];
/** Pages for those who have not signed in yet; the public port has none. */
const SIGN_IN = "/sign-in";
const JOIN = "/join/";
/** Pages for whoever has a shared link; nor has the public port these. */
const SHARED = ["/shared/", "/wallboard/"];
const HEALTH = "/api/health";
const SOCKETS = "/socket.io/";
/** The API that `server/bots` imitates answers 404 at such an address, where the page framework would redirect. */
const BOT_WITH_SLASH = /^\/api\/v1\/bots\/(?:.*\/)?$/;
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
const READING = ["GET", "HEAD"];

/**
 * Decides on a request by its head alone. `development` lets this machine reach what the page framework
 * serves besides the pages.
 */
export function decide(head: RequestHead, side: Side, development: boolean): Decision {
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
  if (!METHODS.includes(head.method)) return notAllowed(METHODS);
  if (path.includes("%00")) return nowhere();
  const isPublished = path === HEALTH || PUBLISHED.some((start) => path.startsWith(start));
  if (side === "public" && !isPublished) return nowhere();
  const fromHere = side === "own" && isFromThisMachine({ ...head, host });
  const kind = kindOf(path, head.method, isPublished);
  if (kind === "bot with slash") return { ...nowhere(), as: "bots" };
  if (kind === "socket") return { kind, ...target, fromHere };
  if (kind === "webhook" || kind === "api") return { kind, ...target, fromHere };
  if (!READING.includes(head.method)) return notAllowed(READING);
  if (kind === "asset" || kind === "open page") return { kind, ...target, fromHere };
  if (!fromHere) return AWAY;
  if (path.startsWith("/_next/")) {
    return development ? { kind: "asset", ...target, fromHere } : nowhere();
  }
  return { kind, ...target, fromHere };
}

function kindOf(path: string, method: string, isPublished: boolean) {
  if (BOT_WITH_SLASH.test(path)) return "bot with slash";
  if (path.startsWith(SOCKETS)) return "socket";
  if (path.startsWith("/api/")) {
    return method === "POST" && path.startsWith("/api/webhooks/") ? "webhook" : "api";
  }
  if (path.startsWith("/_next/static/")) return "asset";
  const isDoor = path === SIGN_IN || path.startsWith(JOIN);
  const isShared = SHARED.some((start) => path.startsWith(start));
  return isPublished || isDoor || isShared ? "open page" : "page";
}

const AWAY: RefusedRequest = {
  ...refused(
    403,
    "elsewhere",
    "Rollcall shows its pages on its own machine only, because people cannot sign in yet. " +
      "Open http://localhost there, or forward the port (ssh -L).",
  ),
  as: "text",
};

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
