import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { CLIENT_ADDRESS } from "#server/runtime/client-address.ts";
import type { PageAdmission } from "./admit-page.ts";
import type { Caller } from "./caller.ts";
import {
  type Decision,
  decide,
  type RefusedRequest,
  type RequestHead,
  type Side,
} from "./decide.ts";
import { disarm, secure, securePage } from "./headers.ts";
import { createListener, type Listener } from "./listener.ts";
import { refuse, refuseUpgrade, UNANSWERED } from "./refusal.ts";

export type GateHandler = (req: IncomingMessage, res: ServerResponse) => Promise<void>;

/** Who draws the pages, and who may see them. */
export interface Pages {
  admit: PageAdmission;
  /** Draws a page for whoever asks, or answers a route, which finds that out itself. */
  handle: (req: IncomingMessage, res: ServerResponse, caller: Caller | null) => Promise<void>;
}

/** Everything behind the gate, as it becomes ready. Until then requests wait. */
interface Inside {
  webhooks: Promise<GateHandler>;
  pages: Promise<Pages>;
  sockets: Promise<void>;
}

interface Options {
  development: boolean;
  inside: Inside;
  log: { error: (about: object, message: string) => void };
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

export function createGate({ development, inside, log }: Options): RequestGate {
  const [sockets, screens] = [createServer(), createServer()];
  const answer = async (req: IncomingMessage, res: ServerResponse, decision: Decision) => {
    secure(res);
    if (decision.kind === "refused") return refuse(res, decision);
    const { kind, path, search, fromHere } = decision;
    req.url = path + search;
    disarm(req.headers, fromHere);
    req.headers[CLIENT_ADDRESS] = req.socket.remoteAddress;
    switch (kind) {
      case "socket":
        return refuse(res, ONLY_SOCKETS);
      case "webhook":
        res.setHeader("cache-control", "no-store");
        return (await inside.webhooks)(req, res);
      case "api":
        res.setHeader("cache-control", "no-store");
        return (await inside.pages).handle(req, res, null);
      case "asset":
        return (await inside.pages).handle(req, res, null);
      case "open page":
      case "page": {
        const pages = await inside.pages;
        securePage(req, res, development);
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
    const head = headOf(req);
    answer(req, res, decide(head, side, development)).catch((error: unknown) => {
      log.error({ err: error }, "request failed");
      if (!res.headersSent) refuse(res, UNANSWERED);
      else res.end();
    });
  };
  const upgrade = (side: Side) => (req: IncomingMessage, socket: Duplex, first: Buffer) => {
    const decision = decide(headOf(req), side, development);
    const to = decision.kind === "refused" ? null : upgradeTo(decision.kind, decision.path);
    if (decision.kind === "refused" || to === null) return refuseUpgrade(socket);
    req.url = decision.path + decision.search;
    disarm(req.headers, decision.fromHere);
    const drop = () => socket.destroy();
    socket.on("error", drop);
    const ready: Promise<unknown> = to === sockets ? inside.sockets : inside.pages;
    ready.then(() => {
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

function headOf({
  method,
  url,
  rawHeaders,
  headers,
  httpVersion,
  socket,
}: IncomingMessage): RequestHead {
  return {
    method: method ?? "",
    target: url ?? "",
    rawHeaders,
    headers,
    httpVersion,
    peer: socket.remoteAddress,
  };
}

/** Ends the connection of a request whose body does not come to its end, and that no handler reads. */
function boundBody(req: IncomingMessage): void {
  const { "content-length": length = "0", "transfer-encoding": encoding } = req.headers;
  if (length === "0" && encoding === undefined) return;
  if (req.url?.startsWith("/api/v1/imports")) return;
  const late = setTimeout(() => {
    if (!req.complete) req.socket.destroy();
  }, UNREAD_BODY_MS);
  req.once("close", () => clearTimeout(late));
}

/** Gives up a page that waits for a database that does not answer. */
function inTime(res: ServerResponse): void {
  const late = setTimeout(() => {
    if (!res.headersSent) refuse(res, { ...UNANSWERED, as: "text" });
  }, PAGE_MS);
  res.once("close", () => clearTimeout(late));
}
