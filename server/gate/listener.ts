import { createServer, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";

/** How long the head of a request may take. */
const HEAD_MS = 10_000;
/** How long all of one may take: an imported file comes over a slow line. */
const REQUEST_MS = 300_000;
/** How exact the two are. */
const LOOK_EVERY_MS = 1_000;
/** Connections at once, where the system has enough descriptors for them. */
const MOST_CONNECTIONS = 10_000;
/** Descriptors that are not connections to us: files, the database, the system's own. */
const OTHER_DESCRIPTORS = 200;
/** How long a stop waits for answers on their way. */
const ANSWERS_MS = 3_000;
const IDLE_EVERY_MS = 20;

/** A server of connections that are bounded in number and in time, and can all be ended. */
export interface Listener {
  http: Server;
  /** Takes no more connections, and asks for no more on those there are. */
  close(): void;
  /** Waits until every answer is sent, at most some seconds, and ends what is left. */
  closed(): Promise<void>;
}

export function createListener(share: number): Listener {
  const http = createServer({
    headersTimeout: HEAD_MS,
    requestTimeout: REQUEST_MS,
    connectionsCheckingInterval: LOOK_EVERY_MS,
    // Any other protocol somebody would rather speak is passed over, as HTTP allows.
    shouldUpgradeCallback: ({ headers }) => headers.upgrade?.toLowerCase() === "websocket",
  });
  http.maxConnections = Math.floor(mostConnections() * share);
  /*
   * With what each connection still is to be answered. A set of all answers would keep many of them long after their
   * end: what it was before it grew holds what was in it, and the collector of young objects cannot tell.
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
        // Who has said nothing yet is not idle to Node.js.
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
  // Else the names of all that is connected would be looked up.
  Reflect.set(process.report, "excludeNetwork", true);
  const projected = limits.safeParse(process.report.getReport());
  return projected.success ? projected.data.userLimits.open_files.soft : null;
}
