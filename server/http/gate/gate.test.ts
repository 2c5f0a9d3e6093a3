import { once } from "node:events";
import { Agent } from "node:http";
import { connect, type Socket } from "node:net";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { makeSession, SESSION_COOKIE } from "./session.ts";
import {
  ask,
  closeDatabaseOfGates,
  closeGates,
  connectionsOf,
  open,
  openDatabaseOfGates,
  SECRET,
  send,
  upgradeTo,
} from "./testing/opened-gate.ts";

const SOME = 40;

beforeAll(openDatabaseOfGates);
afterEach(closeGates);
afterAll(closeDatabaseOfGates);

test("every answer has the security headers, refusals too", async () => {
  const { port } = await open();
  for (const path of ["/meetings", "/api/health", "/statements/a", "/_next/static/a.js", "/%zz"]) {
    const { headers } = await ask(port, path);
    expect(headers).toMatchObject({
      "content-security-policy": expect.stringContaining("frame-ancestors 'none'"),
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
      "permissions-policy": expect.stringContaining("camera=()"),
      "x-content-type-options": "nosniff",
      "referrer-policy": "same-origin",
    });
    expect(headers["strict-transport-security"]).toBeUndefined();
  }
  expect((await ask(port, "/api/health")).headers["cache-control"]).toBe("no-store");
  expect((await ask(port, "/%zz")).headers["cache-control"]).toBe("no-store");
});

test("a page runs only what has the nonce of this very answer", async () => {
  const { port } = await open();
  const nonces = new Set<string>();
  for (const path of ["/", "/statements/a"]) {
    const { headers, body } = await ask(port, path, { "x-nonce": "mine" });
    const policy = String(headers["content-security-policy"]);
    const nonce = /script-src 'nonce-([\w-]{22})' 'strict-dynamic';/.exec(policy)?.[1] ?? "none";
    expect(policy.replace("style-src-attr 'unsafe-inline'", "")).not.toContain("unsafe");
    expect(JSON.parse(body).headers).toMatchObject({
      "x-nonce": nonce,
      "content-security-policy": policy,
    });
    nonces.add(nonce);
  }
  expect(nonces.size).toBe(2);
});

test("a session is given to this machine's browser, and taken from no other", async () => {
  const { port } = await open();
  const cookie = `${SESSION_COOKIE}=${makeSession(SECRET, Date.now())}`;
  expect((await ask(port, "/people")).headers["set-cookie"]?.[0]).toContain(SESSION_COOKIE);
  expect((await ask(port, "/people", { cookie })).headers["set-cookie"]).toBeUndefined();
  expect(JSON.parse((await ask(port, "/api/v1/people", { cookie })).body).headers).toMatchObject({
    cookie,
  });
  for (const headers of [
    { host: "rollcall.example.org" },
    { "x-forwarded-for": "203.0.113.9" },
    { via: "1.1 proxy" },
  ]) {
    const page = await ask(port, "/people", { ...headers, cookie });
    expect([page.status, page.headers["set-cookie"]]).toEqual([403, undefined]);
    const api = await ask(port, "/api/v1/people", { ...headers, cookie });
    expect(JSON.parse(api.body).headers.cookie).toBeUndefined();
    const statement = await ask(port, "/statements/a", { ...headers, cookie });
    expect(statement.headers["set-cookie"]).toBeUndefined();
  }
  expect((await ask(port, "/statements/a")).headers["set-cookie"]).toBeUndefined();
});

test("a request cannot set the page framework's own headers", async () => {
  const { port } = await open();
  const { body } = await ask(port, "/api/v1/people", {
    "x-middleware-rewrite": "/people",
    "x-matched-path": "/people",
    "next-action": "x",
    "x-forwarded-host": "a b",
    "next-router-state-tree": "%5B1%5D",
    range: "bytes=9-1",
    accept: "text/html",
  });
  expect(JSON.parse(body).headers).toEqual({
    accept: "text/html",
    connection: "close",
    host: `127.0.0.1:${port}`,
    "x-forwarded-for": "127.0.0.1",
    "x-forwarded-proto": "http",
  });
});

test("the address that is passed on is the one that was decided on", async () => {
  const { port } = await open();
  const received = await send(port, [
    `GET http://127.0.0.1:${port}/meetings?q=a%20b HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    "Connection: close",
  ]);
  expect(received).toContain('"url":"/meetings?q=a%20b"');
});

test("a method that an address does not take is refused in words, with those it takes", async () => {
  const { port } = await open();
  const refused = await send(port, [
    "PUT /meetings HTTP/1.1",
    "Host: localhost",
    "Connection: close",
  ]);
  expect(refused).toMatch(/^HTTP\/1.1 405 /);
  expect(refused).toContain("allow: GET, HEAD\r\n");
  expect(refused).toContain("content-type: application/json");
  expect(refused).toContain('{"error":{"code":"method_not_allowed","message":"This address takes');
});

test.each([
  ["two hosts", ["GET /people HTTP/1.1", "Host: localhost", "Host: a.example"], 400],
  ["a host that is none", ["GET /api/health HTTP/1.1", "Host: a b"], 400],
  ["an asterisk", ["OPTIONS * HTTP/1.1", "Host: localhost"], 400],
  ["the address of another host", ["GET http://a.example/people HTTP/1.1", "Host: localhost"], 400],
  ["a trace", ["TRACE /people HTTP/1.1", "Host: localhost"], 405],
  ["dots", ["GET /api/webhooks/../../people HTTP/1.1", "Host: a.example"], 400],
  ["another's name", ["GET /api/health HTTP/1.1", "Host: a.example"], 421],
])("%s is refused as a mistake", async (_, lines, status) => {
  const { port } = await open();
  const received = await send(port, [...lines, "Connection: close"]);
  expect(received).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(received).toContain('{"error":{"code":"');
});

test("a length beside chunks is refused, and ends the connection", async () => {
  const { port } = await open("own", async () => expect.unreachable());
  const both = ["Content-Length: 3", "Transfer-Encoding: chunked"];
  const received = await send(port, ["POST /api/v1/x HTTP/1.1", "Host: localhost", ...both]);
  expect(received).toMatch(/^HTTP\/1.1 400 [\s\S]*Connection: close/);
});

test("an upgrade to anything but the live channel is refused, and leaves nothing open", async () => {
  const { port, listener, gate } = await open();
  const seen: unknown[] = [];
  gate.sockets.on("upgrade", () => seen.push("sockets"));
  gate.screens.on("upgrade", () => seen.push("screens"));
  const paths = ["/nope", "/", "/api/health", "/api/webhooks/a/b", "/_next/hmr", "/people/"];
  const asked = Array.from({ length: SOME }, (_, n) => paths[n % paths.length] ?? "/");
  const received = await Promise.all(asked.map((path) => send(port, upgradeTo(path))));
  expect(new Set(received.map((text) => text.split("\r\n")[0]))).toEqual(
    new Set(["HTTP/1.1 404 Not Found"]),
  );
  expect(await send(port, upgradeTo("/socket.io/../x"))).toMatch(/^HTTP\/1.1 400 /);
  expect(await send(port, upgradeTo("/socket.io/", "a b"))).toMatch(/^HTTP\/1.1 400 /);
  expect(await send(port, upgradeTo("/socket.io/", "rebound.example"))).toMatch(
    /^HTTP\/1.1 421 [\s\S]*"code":"unknown_host"/,
  );
  await expect.poll(() => connectionsOf(listener)).toBe(0);
  expect(seen).toEqual([]);
});

test("an upgrade to the live channel is handed on, with a session only from this machine", async () => {
  const { port, gate } = await open();
  const cookies: unknown[] = [];
  gate.sockets.on("upgrade", (req, socket: Socket) => {
    cookies.push(req.headers.cookie);
    socket.end();
  });
  const path = "/socket.io/?EIO=4&transport=websocket";
  await send(port, [...upgradeTo(path), "Cookie: a=b"]);
  await send(port, [...upgradeTo(path, "rollcall.example.org"), "Cookie: a=b"]);
  await send(port, [...upgradeTo(path), "Cookie: a=b", "X-Forwarded-For: 203.0.113.9"]);
  await send(port, [...upgradeTo(path), "Cookie: a=b", "Origin: http://127.0.0.1:1"]);
  expect(cookies).toEqual(["a=b", undefined, undefined, undefined]);
});

test("an upgrade that comes before the live channel is there waits for it", async () => {
  const ready = Promise.withResolvers<void>();
  const { port, gate, listener } = await open("own", undefined, ready.promise);
  const received = send(port, upgradeTo("/socket.io/?EIO=4&transport=websocket"));
  await expect.poll(() => connectionsOf(listener)).toBe(1);
  gate.sockets.on("upgrade", (_, socket: Socket) => socket.end("here"));
  ready.resolve();
  expect(await received).toBe("here");
});

test("on the public port there is no live channel", async () => {
  const { port, gate } = await open("public");
  gate.sockets.on("upgrade", () => expect.unreachable());
  expect(await send(port, upgradeTo("/socket.io/?EIO=4&transport=websocket"))).toMatch(
    /^HTTP\/1.1 404 /,
  );
  expect((await ask(port, "/people")).status).toBe(404);
  expect((await ask(port, "/api/v1/statements/a", { cookie: "a=b" })).body).not.toContain("a=b");
});

test("health is told at once while the server starts, and by what is behind the gate from then on", async () => {
  const known = Promise.withResolvers<() => "nobody">();
  const shown = Promise.withResolvers<void>();
  const { port } = await open("own", undefined, undefined, known.promise, shown.promise);
  for (const path of ["/api/health", "/api/health/ready"]) {
    const answer = await ask(port, path);
    expect([answer.status, answer.body]).toEqual([503, '{"status":"starting"}']);
    expect(answer.headers["retry-after"]).toBe("1");
  }
  expect((await ask(port, "/api/health", { host: "evil.example" })).status).toBe(421);
  known.resolve(() => "nobody");
  expect((await ask(port, "/api/health/ready")).status).toBe(503);
  shown.resolve();
  expect((await ask(port, "/api/health/ready")).status).toBe(200);
  const published = await open("public");
  expect((await ask(published.port, "/api/health")).status).toBe(200);
  expect((await ask(published.port, "/api/health/ready")).status).toBe(404);
  expect((await ask(published.port, "/api/metrics")).status).toBe(404);
});

test("a request for another protocol is ignored", async () => {
  const { port } = await open();
  const asked = await ask(port, "/api/health", { connection: "Upgrade", upgrade: "h2c" });
  expect(asked.status).toBe(200);
});

test("a stop lets open requests be answered, and waits for no idle connection", async () => {
  const answers: (() => void)[] = [];
  const { port, listener } = await open("own", async (req, res) => {
    if (req.url === "/api/slow") await new Promise<void>((resolve) => answers.push(resolve));
    res.end("{}");
  });
  const agent = new Agent({ keepAlive: true, maxSockets: SOME });
  const asking = () => ask(port, "/api/health", {}, { agent });
  await Promise.all(Array.from({ length: SOME }, asking));
  const slow = ask(port, "/api/slow", {}, { agent });
  await expect.poll(() => answers.length).toBe(1);
  const silent = connect(port, "127.0.0.1").on("error", () => undefined);
  await once(silent, "connect");

  listener.close();
  const closed = listener.closed();
  for (const answer of answers) answer();
  expect((await slow).headers["connection"]).toBe("close");
  await closed;
  expect(await connectionsOf(listener)).toBe(0);
  agent.destroy();
});
