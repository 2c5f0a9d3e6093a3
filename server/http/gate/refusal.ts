import { type OutgoingHttpHeaders, type ServerResponse, STATUS_CODES } from "node:http";
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

/** The answer to an upgrade where nothing can be upgraded. */
export const NO_UPGRADE: RefusedRequest = {
  kind: "refused",
  status: 404,
  code: "not_found",
  message: "There is nothing at this address.",
  allow: null,
  as: "json",
};

/** Refuses an upgrade, and ends the connection. */
export function refuseUpgrade(socket: Duplex, refused: RefusedRequest): void {
  const { text, type } = bodyOf(refused);
  const lines = [
    `HTTP/1.1 ${refused.status} ${STATUS_CODES[refused.status]}`,
    "Connection: close",
    `Content-Type: ${type}`,
    `Content-Length: ${Buffer.byteLength(text)}`,
  ];
  socket.end(`${lines.join("\r\n")}\r\n\r\n${text}`, () => socket.destroy());
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
