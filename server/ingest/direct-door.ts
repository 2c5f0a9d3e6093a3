import type { IncomingMessage, ServerResponse } from "node:http";
import { readIncoming } from "#server/http/request-body.ts";
import { type DoorAnswer, takeAt, type WebhookDoor } from "./receive.ts";

/**
 * Does what the webhook route does, on the request and response of Node.js itself: Next's dispatch costs ten times
 * what keeping a webhook costs, and the platform's own `Request` and `Response` a third of it.
 */
export function directDoor(
  door: WebhookDoor,
): (req: IncomingMessage, res: ServerResponse) => Promise<void> {
  return async (req, res) => {
    const incoming = {
      header: (name: string) => headerOf(req, name),
      body: () => readIncoming(req),
    };
    return send(res, await takeAt(door, incoming, req.url ?? ""));
  };
}

function send(res: ServerResponse, { status, headers, body }: DoorAnswer): void {
  res.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) }).end(body);
}

function headerOf({ headers }: IncomingMessage, name: string): string | null {
  const value = headers[name.toLowerCase()];
  return Array.isArray(value) ? value.join(", ") : (value ?? null);
}
