import { bodyFor, eventBody, type HostileBody, type Known } from "./bodies.ts";
import type { Chance } from "./chance.ts";
import type { Route } from "./routes.ts";
import { escaped, queryOf, TEXTS } from "./values.ts";

/** One request as it goes over the wire. */
export interface Attempt {
  bytes: Buffer;
  method: string;
  /** A description, for the report of a fault. */
  what: string;
  /** Whether it is sound HTTP: then there has to be an answer. Otherwise the connection may just be ended. */
  isSound: boolean;
}

const READING = ["GET", "GET", "GET", "GET", "HEAD"];
const WRITING = ["POST", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
const ODD = ["TRACE", "CONNECT", "PROPFIND", "QUERY", "get", "M-SEARCH", "SOURCE"];
const HOSTS = [
  "rollcall.example.org",
  "localhost",
  "a b",
  "%",
  "[::1",
  ":99999",
  "a@localhost",
  "[::1]:80",
];

const HEADERS: readonly (readonly [string, readonly string[]])[] = [
  ["x-forwarded-for", ["203.0.113.9", "", "a b"]],
  ["x-forwarded-host", ["a.example", "a b"]],
  ["x-forwarded-proto", ["https", "javascript"]],
  ["via", ["1.1 proxy"]],
  ["origin", ["https://a.example", "null", "not one"]],
  ["accept", ["application/x-ndjson", "text/html", "*/*;q=x"]],
  ["accept-encoding", ["gzip", "br", "identity;q=0", "x"]],
  ["accept-language", ["de", "x".repeat(200)]],
  ["range", ["bytes=0-1", "bytes=9-1", "x"]],
  ["if-none-match", ["*", '"', 'W/"x"']],
  ["if-match", ['"x"']],
  ["if-modified-since", ["never"]],
  ["expect", ["100-continue", "x"]],
  ["rsc", ["1", "x"]],
  ["next-router-prefetch", ["1", "2", "x"]],
  ["next-router-segment-prefetch", ["/_tree", "/../x", "/%zz"]],
  [
    "next-router-state-tree",
    [
      "x",
      "%zz",
      "%5B%22%22%2C%7B%7D%5D",
      "%5B%22%22%2C%7B%22children%22%3A%5B%5B%22id%22%2C%22x%22%2C%22d%22%2Cnull%5D%2C%7B%7D%5D%7D%5D",
    ],
  ],
  ["next-url", ["/people", "%zz", "//"]],
  ["next-action", ["x", "0".repeat(42)]],
  ["x-middleware-rewrite", ["/people"]],
  ["x-middleware-subrequest", ["middleware"]],
  ["x-matched-path", ["/people", "/[id]"]],
  ["x-invoke-path", ["/people"]],
  ["x-nextjs-data", ["1"]],
  ["x-http-method-override", ["DELETE"]],
  ["upgrade", ["h2c", "websocket"]],
  ["te", ["trailers"]],
  ["content-encoding", ["gzip"]],
  ["content-type", ["multipart/form-data", "text/\u00ff", "application/json; charset=x"]],
];

export function attemptAt(chance: Chance, routes: readonly Route[], known: Known): Attempt {
  if (chance.happens(0.12)) return webhook(chance, known);
  if (chance.happens(0.04)) return upgrade(chance, routes, known);
  const path = pathOf(chance.one(routes), chance, known.ids);
  const odd = chance.happens(0.03);
  const reads = !path.startsWith("/api/") ? 0.9 : 0.55;
  const method = chance.one(odd ? ODD : chance.happens(reads) ? READING : WRITING);
  const body =
    READING.includes(method) && chance.happens(0.97) ? null : bodyFor(path, chance, known.ids);
  return written(chance, method, path + queryOf(chance, known.ids), headersOf(chance, known), body);
}

function pathOf(route: Route, chance: Chance, ids: readonly string[]): string {
  const parts = route.map((part) => {
    if (!part.startsWith("[") && chance.happens(0.98)) return part;
    return chance.happens(0.6) ? chance.one(ids) : escaped(chance.one(TEXTS), chance);
  });
  if (chance.happens(0.05)) {
    const odd = ["..", "%2e%2e", ".", "", "%2f", "%5c", "\\", ";a", "%252e%252e"];
    parts.splice(chance.below(parts.length + 1), 0, chance.one(odd));
  }
  const whole = `/${parts.join("/")}`.replace(/[\s\0]/g, "+");
  if (chance.happens(0.01))
    return chance.one(["*", "", `http://a.example${whole}`, `//a.example${whole}`, "x"]);
  return whole;
}

function headersOf(chance: Chance, { key, cookie }: Known): [string, string][] {
  const headers: [string, string][] = [];
  const who = chance.below(10);
  if (who < 6) headers.push(["authorization", `Bearer ${key}`]);
  else if (who < 8) headers.push(["cookie", cookie]);
  else if (who === 8)
    headers.push([
      "authorization",
      chance.one(["", "Bearer", "Bearer x", "Basic x", "Token \u00ff"]),
    ]);
  for (const [name, values] of chance.some(HEADERS, 2)) headers.push([name, chance.one(values)]);
  return headers;
}

function written(
  chance: Chance,
  method: string,
  target: string,
  headers: readonly [string, string][],
  body: HostileBody | null,
): Attempt {
  const host = chance.happens(0.06) ? chance.one(HOSTS) : "127.0.0.1";
  const lines = [
    `${method} ${target} HTTP/${chance.happens(0.01) ? "1.0" : "1.1"}`,
    `Host: ${host}`,
  ];
  let isSound = method === method.toUpperCase() && method !== "CONNECT";
  if (chance.happens(0.005)) lines.push("Host: localhost");
  for (const [name, value] of headers) {
    lines.push(`${name}: ${value}`);
    if (name === "upgrade") lines.push("connection: upgrade");
  }
  let bytes = body?.bytes ?? Buffer.alloc(0);
  if (body !== null) {
    lines.push(`content-type: ${body.type}`);
    const framing = chance.below(40);
    if (framing === 0) {
      lines.push(`content-length: ${bytes.length + 1 + chance.below(2_000_000)}`);
      isSound = false;
    } else if (framing === 1) {
      lines.push("transfer-encoding: chunked", `content-length: ${bytes.length}`);
      isSound = false;
    } else if (framing === 2) {
      lines.push("transfer-encoding: chunked");
      isSound = false;
    } else if (framing < 8) {
      lines.push("transfer-encoding: chunked");
      bytes = Buffer.concat([
        Buffer.from(`${bytes.length.toString(16)}\r\n`),
        bytes,
        Buffer.from("\r\n0\r\n\r\n"),
      ]);
      if (body.bytes.length === 0) bytes = Buffer.from("0\r\n\r\n");
    } else {
      lines.push(`content-length: ${bytes.length}`);
    }
  }
  if (target === "" || /[^!-~]/.test(target) || !/^[\x20-\x7e]*$/.test(lines.join("")))
    isSound = false;
  if (lines.some((line) => /^(?:expect|upgrade|te): /.test(line))) isSound = false;
  if (chance.happens(0.01)) {
    lines.splice(
      1 + chance.below(lines.length),
      0,
      chance.one([" folded", "no colon", "\0: x", ": x"]),
    );
    isSound = false;
  }
  const text = Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1");
  return {
    bytes: Buffer.concat([text, bytes]),
    method,
    what: lines.join(" | ").slice(0, 700),
    isSound,
  };
}

function webhook(chance: Chance, { webhooks }: Known): Attempt {
  const { path, event, sign } = chance.one(webhooks);
  const body = eventBody(event(chance), chance);
  const headers = Object.entries(sign(body)).map(([name, value]): [string, string] => [
    name,
    chance.happens(0.05) ? chance.one(TEXTS).replace(/[\0\r\n]|[^\x20-\xff]/g, "") : value,
  ]);
  const bytes = Buffer.from(chance.happens(0.03) ? body.slice(1) : body);
  return written(chance, "POST", path, headers, { bytes, type: "application/json" });
}

/** A request for another protocol, at any address. Frames follow, or bytes that are nearly frames. */
function upgrade(chance: Chance, routes: readonly Route[], { cookie, ids }: Known): Attempt {
  const live = chance.happens(0.6);
  const path = live
    ? "/socket.io/?EIO=4&transport=websocket"
    : pathOf(chance.one(routes), chance, ids);
  const lines = [
    `GET ${path} HTTP/1.1`,
    `Host: ${chance.happens(0.9) ? "127.0.0.1" : chance.one(HOSTS)}`,
    "Connection: Upgrade",
    `Upgrade: ${chance.one(["websocket", "websocket", "websocket", "WebSocket", "x"])}`,
    `Sec-WebSocket-Version: ${chance.one(["13", "13", "13", "8"])}`,
    `Sec-WebSocket-Key: ${chance.one(["dGhlIHNhbXBsZSBub25jZQ==", "dGhlIHNhbXBsZSBub25jZQ==", "x"])}`,
    ...(chance.happens(0.8) ? [`Cookie: ${cookie}`] : []),
  ];
  const frames = Array.from({ length: chance.below(6) }, () => frame(chance, ids));
  const head = Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1");
  return {
    bytes: Buffer.concat([head, ...frames]),
    method: "GET",
    what: lines.join(" | "),
    isSound: false,
  };
}

function frame(chance: Chance, ids: readonly string[]): Buffer {
  const text = chance.one([
    "40",
    "40{}",
    '40{"token":"x"}',
    '420["watch:floor"]',
    `421["watch:meeting",{"id":"${chance.one(ids)}","after_seq":${chance.one([0, -1, 1e9, '"x"', "null"])}}]`,
    '422["unwatch",null]',
    '42["watch:meeting"]',
    '42["__proto__",{}]',
    '45-1["x",{"_placeholder":true,"num":0}]',
    "3",
    "41",
    "44",
    "9",
    "",
    "[".repeat(1_000),
    "x".repeat(20_000),
    chance.one(TEXTS),
  ]);
  const payload = Buffer.from(text);
  const length =
    payload.length < 126
      ? [0x80 | payload.length]
      : [0x80 | 126, payload.length >> 8, payload.length & 0xff];
  const first = chance.one([0x81, 0x81, 0x81, 0x81, 0x82, 0x01, 0x88, 0x8a, 0xf1]);
  // The mask is zero, so the payload stays readable.
  return Buffer.concat([Buffer.from([first, ...length, 0, 0, 0, 0]), payload]);
}
