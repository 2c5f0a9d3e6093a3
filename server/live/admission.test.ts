import { afterAll, beforeAll, expect, test } from "vitest";
import { createKey, revokeKey } from "#db/access/keys.ts";
import { endSessions, sessionEpoch } from "#db/access/sessions.ts";
import { eventually } from "#db/testing/eventually.ts";
import { makeSession, SESSION_COOKIE } from "#server/gate/session.ts";
import { SECRET } from "#server/testing/test-app.ts";
import {
  greeted,
  type LiveTestServer,
  openLiveTestServer,
  type Stranger,
} from "./testing/stage.ts";

let stage: LiveTestServer;
beforeAll(async () => {
  stage = await openLiveTestServer();
});
afterAll(() => stage.close());

const orm = () => stage.house.database.orm;

function byKey(token: string): Stranger {
  return stage.knock({ auth: { token } });
}

function bySession(epoch: string | null): Stranger {
  const origin = stage.url;
  const session = makeSession(SECRET, stage.house.now, epoch);
  return stage.knock({ headers: { cookie: `${SESSION_COOKIE}=${session}`, origin } });
}

/** What the server said when it cut a socket off. */
function cut(socket: Stranger): string[] {
  const reasons: string[] = [];
  socket.on("disconnect", (reason) => reasons.push(reason));
  return reasons;
}

test("a key that is revoked closes what it had open, opens nothing more, and touches nobody else", async () => {
  const revoked = await createKey(orm(), "revoked");
  const mine = [byKey(revoked.key), byKey(revoked.key)];
  const others = [byKey(stage.key), bySession(null)];
  await Promise.all([...mine, ...others].map(greeted));
  const reasons = mine.map(cut);
  await revokeKey(orm(), revoked.id);
  await eventually(() =>
    expect(reasons).toEqual([["io server disconnect"], ["io server disconnect"]]),
  );
  expect(others.map(({ connected }) => connected)).toEqual([true, true]);
  await expect(greeted(byKey(revoked.key))).rejects.toThrow("unauthorized");
});

test("once all sessions are ended those of before are strangers, and keys are not", async () => {
  const session = bySession(await sessionEpoch(orm()));
  const program = byKey(stage.key);
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

test("a session that is over closes what it had open", async () => {
  const session = bySession(await sessionEpoch(orm()));
  await greeted(session);
  const reasons = cut(session);
  const { now } = stage.house;
  stage.house.now += 30 * 86_400_000;
  await eventually(() => expect(reasons).toEqual(["io server disconnect"]));
  stage.house.now = now;
});
