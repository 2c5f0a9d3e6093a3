import type { IncomingMessage, ServerResponse } from "node:http";
import { isLoopback, sessionCookie, sessionEnd, sessionIn } from "./auth/session.ts";

type Handler = (req: IncomingMessage, res: ServerResponse) => Promise<void>;

/** Attendee has nothing at such an address, where the page framework would redirect. */
const BOT_WITH_SLASH = /^\/api\/v1\/bots\/([^?]*\/)?(\?|$)/;

/**
 * What looks after itself, or is for whoever knows the address: the API, what pages are made of, and
 * statements, which others check.
 */
const OPEN = ["/api/", "/_next/", "/statements/"];

/**
 * Lets pages be seen at this machine only, until people can sign in, and gives its browser the session
 * that opens the live channel.
 */
export function guardPages(
  handle: Handler,
  secret: string,
  epochNow: () => Promise<string | null>,
): Handler {
  return async (req, res) => {
    const path = req.url ?? "/";
    if (BOT_WITH_SLASH.test(path)) {
      res.writeHead(404, { "content-type": "application/json" });
      res.end('{"error":"Not found"}');
      return;
    }
    if (OPEN.some((start) => path.startsWith(start))) return handle(req, res);
    if (!isLoopback(req.headers.host)) {
      res.writeHead(403, { "content-type": "text/plain; charset=utf-8" });
      res.end(
        "Rollcall shows its pages on its own machine only, because people cannot sign in yet. " +
          "Open http://localhost there, or forward the port (ssh -L).\n",
      );
      return;
    }
    const now = Date.now();
    // Without the database nobody can say, and the page tells that by itself.
    const epoch = await epochNow().catch(() => undefined);
    const session = sessionIn(req.headers.cookie);
    if (epoch !== undefined && sessionEnd(session, secret, now, epoch) === null) {
      res.setHeader("set-cookie", sessionCookie(secret, now, epoch));
    }
    await handle(req, res);
  };
}
