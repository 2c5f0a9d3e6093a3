import { createServer, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";

/** How long the head of a request may take. */
const HEAD_MS = 10_000;
/** How long a whole request may take: an imported file may come over a slow line. */
const REQUEST_MS = 300_000;
/** How often the two are checked. */
const LOOK_EVERY_MS = 1_000;
/** Connections at once, where the system has enough descriptors for them. */
const MOST_CONNECTIONS = 10_000;
/** Descriptors for other things than incoming connections: files, the database, the system's own. */
const OTHER_DESCRIPTORS = 200;
/** How long a stop waits for answers on their way. */
const ANSWERS_MS = 3_000;
const IDLE_EVERY_MS = 20;

/** A server of connections that are bounded in number and in time, and can all be ended. */
export interface Listener {
  http: Server;
  /** Takes no more connections, and no more requests on the open ones after those under way. */
  close(): void;
  /** Waits until every answer is sent, at most some seconds, and ends what is left. */
  closed(): Promise<void>;
}

export function createListener(share: number): Listener {
  const http = createServer({
    headersTimeout: HEAD_MS,
    requestTimeout: REQUEST_MS,
    connectionsCheckingInterval: LOOK_EVERY_MS,
    // A request to upgrade to any other protocol is ignored, as HTTP allows.
    shouldUpgradeCallback: ({ headers }) => headers.upgrade?.toLowerCase() === "websocket",
  });
  http.maxConnections = Math.floor(mostConnections() * share);
  /*
   * The open answers of each connection. One set of all answers would retain many of them long after their end: its
   * table from before it grew still refers to them, and the collector of young objects cannot see that.
   */
  const open = new Map<Socket, ServerResponse[]>();
  http.on("connection", (socket) => {
    open.set(socket, []);
    socket.once("close", () => open.delete(socket));
  });
  let isClosing = false;
  const ended = new Promise<void>((resolve) => http.once("close", () => resolve()));
  http.on("request", ({ socket }, res) => {
    if (isClosing) res.shouldKeepAlive = false;
    const answers = open.get(socket) ?? [];
    answers.push(res);
    res.once("close", () => answers.splice(answers.indexOf(res), 1));
  });
  return {
    http,
    close() {
      isClosing = true;
      http.close();
      for (const [socket, answers] of open) {
        for (const answer of answers) answer.shouldKeepAlive = false;
        // To Node.js a connection that has sent nothing yet is not idle.
        if (socket.bytesRead === 0) socket.destroy();
      }
    },
    async closed() {
      if (!http.listening && open.size === 0) return;
      const idle = setInterval(() => http.closeIdleConnections(), IDLE_EVERY_MS);
      await Promise.race([ended, pause(ANSWERS_MS, undefined, { ref: false })]);
      clearInterval(idle);
      for (const socket of open.keys()) socket.destroy();
      await ended;
    },
  };
}

/** As many as the descriptors of this process allow, and half of them at the least. */
function mostConnections(): number {
  const most = descriptorLimit();
  if (most === null) return MOST_CONNECTIONS;
  return Math.min(MOST_CONNECTIONS, Math.max(most - OTHER_DESCRIPTORS, most / 2));
}

const limits = z.object({
  userLimits: z.object({ open_files: z.object({ soft: z.number() }) }),
});

/** How many files this process may have open; `null` where that is unlimited or unknown. */
function descriptorLimit(): number | null {
  // Otherwise the report looks up the host names of all connections.
  Reflect.set(process.report, "excludeNetwork", true);
  const parsed = limits.safeParse(process.report.getReport());
  return parsed.success ? parsed.data.userLimits.open_files.soft : null;
}
