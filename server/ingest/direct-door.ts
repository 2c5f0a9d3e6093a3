import type { IncomingMessage, ServerResponse } from "node:http";
import { readIncoming } from "#server/http/request-body.ts";
import { type DoorAnswer, take, UNKNOWN_PATH, type WebhookDoor } from "./receive.ts";

const PATH = /^\/api\/webhooks\/([^/?]+)\/([^/?]+)(?:\/([^?]*))?(\?|$)/;

/**
 * Does what the webhook route does, on the request and response of Node.js itself: Next's dispatch costs ten times
 * what keeping a webhook costs, and the platform's own `Request` and `Response` a third of it.
 */
export function directDoor(
  door: WebhookDoor,
): (req: IncomingMessage, res: ServerResponse) => Promise<void> {
  return async (req, res) => {
    const url = req.url ?? "";
    const [path = "", provider, source, more = "", mark] = PATH.exec(url) ?? [];
    if (provider === undefined || source === undefined) return send(res, UNKNOWN_PATH);
    const incoming = {
      header: (name: string) => headerOf(req, name),
      search: mark === "?" ? url.slice(path.length - 1) : "",
      body: () => readIncoming(req),
    };
    const address = { provider: decode(provider), source: decode(source), more: decode(more) };
    return send(res, await take(door, incoming, address));
  };
}

function send(res: ServerResponse, { status, headers, body }: DoorAnswer): void {
  res.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) }).end(body);
}

function headerOf({ headers }: IncomingMessage, name: string): string | null {
  const value = headers[name.toLowerCase()];
  return Array.isArray(value) ? value.join(", ") : (value ?? null);
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
