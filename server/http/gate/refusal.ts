import type { OutgoingHttpHeaders, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { RefusedRequest } from "./decide.ts";

/** The answer where the handler failed, or did not answer in time. */
export const UNANSWERED: RefusedRequest = {
  kind: "refused",
  status: 503,
  code: "unavailable",
  message: "The database does not answer. Try again.",
  allow: null,
  as: "json",
};

/** Answers a refused request, in the form that its sender reads. */
export function refuse(res: ServerResponse, refused: RefusedRequest): void {
  const { status, allow } = refused;
  const { text, type } = bodyOf(refused);
  const headers: OutgoingHttpHeaders = { "content-type": type, "cache-control": "no-store" };
  if (allow !== null) headers["allow"] = allow;
  if (status === 503) headers["retry-after"] = "1";
  // A screen that nobody touches would show this for ever: with `refresh` every browser asks again by itself.
  if (status === 503 && refused.as === "text") headers["refresh"] = "5";
  res.writeHead(status, headers);
  res.end(text);
}

/** Refuses an upgrade with 404, and ends the connection. */
export function refuseUpgrade(socket: Duplex): void {
  socket.on("error", () => undefined);
  socket.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", () =>
    socket.destroy(),
  );
}

function bodyOf({ code, message, as }: RefusedRequest): { text: string; type: string } {
  switch (as) {
    case "json":
      return { text: JSON.stringify({ error: { code, message } }), type: "application/json" };
    case "bots":
      return { text: '{"error":"Not found"}', type: "application/json" };
    case "text":
      return { text: `${message}\n`, type: "text/plain; charset=utf-8" };
    default:
      return as satisfies never;
  }
}
