import { afterAll, beforeAll, expect, test } from "vitest";
import { createKey, revokeKey } from "#db/access/keys.ts";
import { endSessions, sessionEpoch } from "#db/access/sessions.ts";
import { eventually } from "#db/testing/eventually.ts";
import { makeSession, SESSION_COOKIE } from "#server/http/gate/session.ts";
import { SECRET } from "#server/testing/test-app.ts";
import {
  greeted,
  type LiveTestServer,
  openLiveTestServer,
  type UntypedSocket,
} from "./testing/live-server.ts";

let server: LiveTestServer;
beforeAll(async () => {
  server = await openLiveTestServer();
});
afterAll(() => server.close());

const orm = () => server.app.database.orm;

function byKey(token: string): UntypedSocket {
  return server.connect({ auth: { token } });
}

function bySession(epoch: string | null): UntypedSocket {
  const origin = server.url;
  const session = makeSession(SECRET, server.app.now, epoch);
  return server.connect({ headers: { cookie: `${SESSION_COOKIE}=${session}`, origin } });
}

/** The reason with which a socket was disconnected. */
function cut(socket: UntypedSocket): string[] {
  const reasons: string[] = [];
  socket.on("disconnect", (reason) => reasons.push(reason));
  return reasons;
}

test("a revoked key loses its open sockets, opens no more, and disturbs no other caller", async () => {
  const revoked = await createKey(orm(), "revoked");
  const mine = [byKey(revoked.key), byKey(revoked.key)];
  const others = [byKey(server.key), bySession(null)];
  await Promise.all([...mine, ...others].map(greeted));
  const reasons = mine.map(cut);
  await revokeKey(orm(), revoked.id);
  await eventually(() =>
    expect(reasons).toEqual([["io server disconnect"], ["io server disconnect"]]),
  );
  expect(others.map(({ connected }) => connected)).toEqual([true, true]);
  await expect(greeted(byKey(revoked.key))).rejects.toThrow("unauthorized");
});

test("a key that may not read opens no socket, and one that expires loses its own", async () => {
  const { key } = await createKey(orm(), "importer", { scopes: ["write", "deliver"] });
  await expect(greeted(byKey(key))).rejects.toThrow("forbidden");
  const { now } = server.app;
  const brief = await createKey(orm(), "brief", { scopes: ["read"], expiresAt: now + 60_000 });
  const socket = byKey(brief.key);
  await greeted(socket);
  const reasons = cut(socket);
  server.app.now += 60_000;
  await eventually(() => expect(reasons).toEqual(["io server disconnect"]));
  server.app.now = now;
});

test("once all sessions are ended, earlier sessions are refused, and keys are not", async () => {
  const session = bySession(await sessionEpoch(orm()));
  const program = byKey(server.key);
  await Promise.all([session, program].map(greeted));
  const reasons = cut(session);
  await endSessions(orm(), Date.now());
  await eventually(() => expect(reasons).toEqual(["io server disconnect"]));
  expect(program.connected).toBe(true);
  await expect(greeted(bySession(null))).rejects.toThrow("unauthorized");
  const epoch = await sessionEpoch(orm());
  await greeted(bySession(epoch));
  await endSessions(orm(), Date.now());
  await expect(greeted(bySession(epoch))).rejects.toThrow("unauthorized");
});

test("a session that is over loses its open sockets", async () => {
  const session = bySession(await sessionEpoch(orm()));
  await greeted(session);
  const reasons = cut(session);
  const { now } = server.app;
  server.app.now += 30 * 86_400_000;
  await eventually(() => expect(reasons).toEqual(["io server disconnect"]));
  server.app.now = now;
});
