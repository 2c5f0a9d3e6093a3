import { once } from "node:events";
import { type Agent, type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { type Database, openDatabase } from "#db/connection/client.ts";
import { type TestDatabase, testDatabase } from "#db/testing/database.ts";
import { pageAdmission } from "#server/http/gate/admit-page.ts";
import type { Side, SignIn } from "#server/http/gate/decide.ts";
import { createGate, type GateHandler, type RequestGate } from "#server/http/gate/gate.ts";
import type { Listener } from "#server/http/gate/listener.ts";
import { Networks } from "#server/runtime/networks.ts";

export const SECRET = "s".repeat(32);
/** The address under which others reach the gate. */
const PUBLIC_URL = "https://rollcall.example.org";

interface OpenedGate {
  gate: RequestGate;
  listener: Listener;
  port: number;
}

let made: TestDatabase;
let database: Database;

/** Opens the database in which the gates look for who asks. */
export async function openDatabaseOfGates(): Promise<void> {
  made = await testDatabase();
  database = openDatabase(made.url, { max: 1 });
}

export async function closeDatabaseOfGates(): Promise<void> {
  await database.close();
  await made.drop();
}

/** The database in which the gates look for who asks. */
export function ormOfGates(): Database["orm"] {
  return database.orm;
}

const opened: Listener[] = [];

/** Closes every gate of a test. */
export async function closeGates(): Promise<void> {
  for (const listener of opened.splice(0)) {
    listener.close();
    await listener.closed();
  }
}

/** A gate, with a handler behind it that answers with what it was handed. */
export async function open(
  side: Side = "own",
  handle: GateHandler = async (req, res) => {
    res.setHeader("content-type", "application/json");
    res.end(JSON.stringify({ url: req.url, headers: req.headers }));
  },
  sockets: Promise<void> = Promise.resolve(),
  signIn: Promise<() => SignIn> = Promise.resolve(() => "nobody"),
  shown: Promise<void> = Promise.resolve(),
): Promise<OpenedGate> {
  const inside = {
    signIn,
    webhooks: Promise.resolve(handle),
    pages: shown.then(() => ({
      handle,
      admit: pageAdmission({ orm: database.orm, secret: SECRET, now: Date.now }),
    })),
    sockets,
  };
  const gate = createGate({
    development: false,
    publicUrl: PUBLIC_URL,
    proxies: Networks.in("127.0.0.1") ?? Networks.none,
    inside,
    log: { error: () => undefined, warn: () => undefined },
  });
  const listener = gate.listener(side);
  opened.push(listener);
  listener.http.listen(0, "127.0.0.1");
  await once(listener.http, "listening");
  return { gate, listener, port: portOf(listener) };
}

function portOf({ http }: Listener): number {
  const address: AddressInfo | string | null = http.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

interface GateAnswer {
  status: number | undefined;
  headers: IncomingHttpHeaders;
  body: string;
}

export function ask(
  port: number,
  path: string,
  headers: OutgoingHttpHeaders = {},
  options: { method?: string; agent?: Agent | false } = {},
): Promise<GateAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request({ port, host: "127.0.0.1", path, headers, agent: false, ...options });
    sent.on("error", reject).on("response", (response) => {
      let body = "";
      response.on("data", (chunk) => {
        body += String(chunk);
      });
      response.on("end", () =>
        resolve({ status: response.statusCode, headers: response.headers, body }),
      );
    });
    sent.end();
  });
}

/** Sends these lines, and returns all that comes until the connection is closed. */
export async function send(port: number, lines: readonly string[]): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  let received = "";
  socket.on("data", (chunk) => {
    received += String(chunk);
  });
  socket.on("error", () => undefined);
  socket.write(`${lines.join("\r\n")}\r\n\r\n`);
  await once(socket, "close");
  return received;
}

/** The lines of a request for a WebSocket. */
export const upgradeTo = (path: string, host = "127.0.0.1") => [
  `GET ${path} HTTP/1.1`,
  `Host: ${host}`,
  "Connection: Upgrade",
  "Upgrade: websocket",
  "Sec-WebSocket-Version: 13",
  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
];

/** How many connections are open. */
export function connectionsOf({ http }: Listener): Promise<number> {
  return new Promise((resolve, reject) => {
    http.getConnections((error, count) => (error ? reject(error) : resolve(count)));
  });
}
