import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { type Networks, plainAddress } from "#server/runtime/networks.ts";
import { isStopping } from "#server/runtime/stop.ts";
import type { PageAdmission } from "./admit-page.ts";
import type { Caller } from "./caller.ts";
import { clientAt, nameClient } from "./client.ts";
import {
  type Decision,
  decide,
  type RefusedRequest,
  type RequestHead,
  type Side,
  type SignIn,
  WAIT,
} from "./decide.ts";
import { disarm, secure, securePage } from "./headers.ts";
import { createListener, type Listener } from "./listener.ts";
import { onceAMinute } from "./once-a-minute.ts";
import { answerProbe, isHealth } from "./probe.ts";
import { NO_UPGRADE, refuse, refuseUpgrade, UNANSWERED } from "./refusal.ts";
import { isLoopback } from "./session.ts";

export type GateHandler = (req: IncomingMessage, res: ServerResponse) => Promise<void>;

/** Who draws the pages, and who may see them. */
export interface Pages {
  admit: PageAdmission;
  /** Draws a page for whoever asks, or answers a route, which finds that out itself. */
  handle: (req: IncomingMessage, res: ServerResponse, caller: Caller | null) => Promise<void>;
}

/**
 * Everything behind the gate, as it becomes ready. Until then requests wait. Nothing is decided before it is known
 * whether people sign in.
 */
interface Inside {
  signIn: Promise<() => SignIn>;
  webhooks: Promise<GateHandler>;
  pages: Promise<Pages>;
  sockets: Promise<void>;
}

interface Options {
  development: boolean;
  /** The address under which others reach this server. */
  publicUrl: string | null;
  /** The proxies whose forwarding headers are believed. */
  proxies: Networks;
  inside: Inside;
  log: Record<"warn" | "error", (about: object, message: string) => void>;
}

/** The only way in: only requests that passed its decision reach the parts behind it. */
export interface RequestGate {
  listener(side: Side): Listener;
  /** Two servers that never listen: the gate hands them their upgrades. */
  sockets: Server;
  screens: Server;
}

/** How long a body may take that no handler reads; a handler that reads one has its own time limit. */
const UNREAD_BODY_MS = 20_000;
/** How long a page may wait for its data. */
const PAGE_MS = 15_000;

export function createGate({
  development,
  proxies,
  inside,
  log,
  ...options
}: Options): RequestGate {
  const publicUrl = options.publicUrl === null ? null : new URL(options.publicUrl);
  const [sockets, screens] = [createServer(), createServer()];
  const headOf = (req: IncomingMessage) => requestHead(req, publicUrl, proxies);
  let hasBegun = false;
  inside.pages.then(
    () => (hasBegun = true),
    () => undefined,
  );
  const decided = async (head: RequestHead, side: Side): Promise<Decision> => {
    // Health is told at once, and to everybody alike.
    const isKnown = hasBegun || !isHealth(head.target);
    const signIn = isKnown ? (await inside.signIn)() : "required";
    const decision = decide(head, side, { development, publicUrl, signIn });
    if (decision.kind === "refused" && decision.status === 421 && isDue("", Date.now())) {
      log.warn({ client: head.client.address }, `refused: ${decision.message}`);
    }
    return decision;
  };
  const answer = async (req: IncomingMessage, res: ServerResponse, side: Side) => {
    const head = headOf(req);
    // A browser would no longer reach whatever else is developed at this machine's name.
    secure(res, { isSecure: head.client.isSecure && !isLoopback(req.headers.host) });
    const decision = await decided(head, side);
    if (decision.kind === "refused") return refuse(res, decision);
    const { kind, path, search, cookies } = decision;
    req.url = path + search;
    disarm(req.headers, cookies);
    nameClient(req.headers, head.client);
    switch (kind) {
      case "socket":
        return refuse(res, ONLY_SOCKETS);
      case "webhook":
        res.setHeader("cache-control", "no-store");
        return (await inside.webhooks)(req, res);
      case "api":
        res.setHeader("cache-control", "no-store");
        if (isHealth(path) && (!hasBegun || isStopping())) {
          return answerProbe(res, hasBegun ? "stopping" : "starting");
        }
        return (await inside.pages).handle(req, res, null);
      case "asset":
        return (await inside.pages).handle(req, res, null);
      case "open page":
      case "page": {
        const pages = await inside.pages;
        securePage(req, res, { development, isEmbeddable: path.startsWith(WAIT) });
        inTime(res);
        const caller = kind === "page" ? await pages.admit(req, res) : null;
        if (kind === "page" && caller === null) return;
        return pages.handle(req, res, caller);
      }
      default:
        return kind satisfies never;
    }
  };
  const serve = (side: Side) => (req: IncomingMessage, res: ServerResponse) => {
    boundBody(req);
    answer(req, res, side).catch((error: unknown) => {
      log.error({ err: error, client: headOf(req).client.address }, "request failed");
      if (!res.headersSent) refuse(res, UNANSWERED);
      else res.end();
    });
  };
  const upgrade = (side: Side) => (req: IncomingMessage, socket: Duplex, first: Buffer) => {
    const drop = () => socket.destroy();
    socket.on("error", drop);
    /** The server that takes the connection; `null` where it was refused. */
    const taking = async (): Promise<Server | null> => {
      const head = headOf(req);
      const decision = await decided(head, side);
      const to = decision.kind === "refused" ? null : upgradeTo(decision.kind, decision.path);
      if (decision.kind === "refused" || to === null) {
        refuseUpgrade(socket, decision.kind === "refused" ? decision : NO_UPGRADE);
        return null;
      }
      req.url = decision.path + decision.search;
      disarm(req.headers, decision.cookies);
      nameClient(req.headers, head.client);
      await (to === sockets ? inside.sockets : inside.pages);
      return to;
    };
    taking().then((to) => {
      if (to === null) return;
      socket.off("error", drop);
      if (!socket.destroyed) to.emit("upgrade", req, socket, first);
    }, drop);
  };
  /** The upgrades of the page framework are its hot reload, in development only. */
  const upgradeTo = (kind: string, path: string): Server | null => {
    if (kind === "socket") return sockets;
    return development && path.startsWith("/_next/") ? screens : null;
  };
  return {
    sockets,
    screens,
    listener(side) {
      const listener = createListener(side === "public" ? PUBLIC_SHARE : OWN_SHARE);
      listener.http.on("request", serve(side)).on("upgrade", upgrade(side));
      return listener;
    },
  };
}

/** Shares of all connections that may be open: a flood on one port leaves the other port its share. */
const [OWN_SHARE, PUBLIC_SHARE] = [0.5, 0.5];

const ONLY_SOCKETS: RefusedRequest = {
  kind: "refused",
  status: 400,
  code: "websocket_only",
  message: "The live channel is Socket.IO over WebSocket.",
  allow: null,
  as: "json",
};

const isDue = onceAMinute();

function requestHead(
  { method, url, rawHeaders, headers, httpVersion, socket }: IncomingMessage,
  publicUrl: URL | null,
  proxies: Networks,
): RequestHead {
  const { remoteAddress: peer, localAddress } = socket;
  return {
    method: method ?? "",
    target: url ?? "",
    rawHeaders,
    headers,
    httpVersion,
    peer,
    arrivedAt: localAddress === undefined ? null : plainAddress(localAddress),
    client: clientAt({ peer, headers }, { proxies, publicUrl }),
  };
}

/** Ends the connection of a request whose body does not come to its end, and that no handler reads. */
function boundBody(req: IncomingMessage): void {
  const { "content-length": length = "0", "transfer-encoding": encoding } = req.headers;
  if (length === "0" && encoding === undefined) return;
  if (req.url?.startsWith("/api/v1/imports")) return;
  // A small body mostly comes together with its head, and is here as soon as that is read.
  setImmediate(() => {
    if (req.complete) return;
    const late = setTimeout(() => {
      if (!req.complete) req.socket.destroy();
    }, UNREAD_BODY_MS);
    req.once("close", () => clearTimeout(late));
  });
}

/** Gives up a page that waits for a database that does not answer. */
function inTime(res: ServerResponse): void {
  const late = setTimeout(() => {
    if (!res.headersSent) refuse(res, { ...UNANSWERED, as: "text" });
  }, PAGE_MS);
  res.once("close", () => clearTimeout(late));
}
