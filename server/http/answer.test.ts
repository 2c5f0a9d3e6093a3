import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { openDatabase, shareDatabase } from "#db/connection/client.ts";
import { apiKeys } from "#db/schema/accounts.ts";
import { joins, minutes } from "#domain/testing/history.ts";
import { makeSession, SESSION_COOKIE } from "#server/http/gate/session.ts";
import { CLIENT_ADDRESS } from "#server/runtime/client-address.ts";
import { processContext } from "#server/runtime/process-context.ts";
import { deliverBodies, SECRET } from "#server/testing/test-app.ts";
import { type ApiClient, openApiClient } from "./testing/client.ts";

let client: ApiClient;
beforeAll(async () => {
  client = await openApiClient();
});
afterAll(() => client.app.close());

const session = () => `${SESSION_COOKIE}=${makeSession(SECRET, Date.now())}`;

describe("the API lets in", () => {
  test.each<[string, () => Record<string, string>]>([
    ["a key as Bearer", () => ({ authorization: `Bearer ${client.key}` })],
    [
      "a key as Token, as Attendee's clients send it",
      () => ({ authorization: `Token ${client.key}` }),
    ],
    ["a key from anywhere", () => ({ authorization: `Bearer ${client.key}`, host: "a.example" })],
    ["this machine's browser", () => ({ cookie: session(), host: "127.0.0.1:3000" })],
  ])("%s", async (_what, headers) => {
    expect((await client.ask("/api/v1/meetings", headers())).status).toBe(200);
  });
});

test("a key that opens nothing is in the log of the process, without itself", async () => {
  const warned = vi.spyOn(processContext().log, "warn").mockImplementation(() => undefined);
  const headers = { authorization: "Bearer rk_wrong", [CLIENT_ADDRESS]: "192.0.2.7" };
  expect((await client.ask("/api/v1/meetings", headers)).status).toBe(401);
  expect((await client.ask("/api/v1/meetings", {})).status).toBe(401);
  expect(warned.mock.calls).toEqual([
    [{ address: "192.0.2.7" }, expect.stringContaining("a key was refused")],
  ]);
  warned.mockRestore();
});

describe("the API refuses", () => {
  const everywhere = [
    "/api/v1/meetings",
    "/api/v1/meetings/00000000-0000-4000-8000-000000000000",
    "/api/v1/meetings/00000000-0000-4000-8000-000000000000/events",
    "/api/v1/waits",
  ];

  test.each<[string, () => Record<string, string>]>([
    ["nobody", () => ({})],
    ["another key", () => ({ authorization: "Bearer rk_none" })],
    ["a key as Basic", () => ({ authorization: `Basic ${client.key}` })],
    ["a key by itself", () => ({ authorization: client.key })],
    ["a forged session", () => ({ cookie: `${SESSION_COOKIE}=9999999999999.x` })],
  ])("%s, everywhere, before it looks at anything", async (_what, headers) => {
    for (const path of everywhere) {
      const response = await client.ask(path, headers());
      expect(response.status).toBe(401);
      expect(response.headers.get("www-authenticate")).toBe("Bearer");
      expect(await response.json()).toEqual({
        error: { code: "unauthorized", message: expect.stringContaining("Authorization: Bearer") },
      });
    }
  });

  test("a key that was revoked", async () => {
    await client.app.database.orm.update(apiKeys).set({ revokedAt: new Date() });
    expect((await client.ask("/api/v1/meetings")).status).toBe(401);
    await client.app.database.orm
      .update(apiKeys)
      .set({ revokedAt: null })
      .where(eq(apiKeys.name, "test"));
    expect((await client.ask("/api/v1/meetings")).status).toBe(200);
  });
});

test("links lead back the way the caller came", async () => {
  const account = await client.app.account();
  await deliverBodies(client.app, account, "a", minutes(["10:00", joins("Ada")]));
  await deliverBodies(client.app, account, "b", minutes(["10:00", joins("Ada")]));
  const headers = { authorization: `Bearer ${client.key}`, host: "rollcall.local:8080" };
  const response = await client.ask("/api/v1/meetings?limit=1", headers);
  expect(await response.json()).toMatchObject({
    next: expect.stringMatching(
      /^http:\/\/rollcall\.local:8080\/api\/v1\/meetings\?limit=1&cursor=/,
    ),
  });
});

describe("health", () => {
  test("is ok, needs no key and contains no secrets", async () => {
    const response = await client.ask("/api/health", {});
    expect(response.status).toBe(200);
    const health: unknown = await response.json();
    expect(health).toEqual({
      status: "ok",
      database: { status: "ok", answered_in_ms: expect.any(Number) },
      keeping: { status: "ok", last_kept_at: null },
      sources: 1,
      refused_sources: 0,
      webhooks_off: 0,
      unprojected: 0,
      stopped_rooms: 0,
      oldest_unprojected_ms: null,
      last_event_at: "2026-11-20T10:00:00.000Z",
      as_of: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    });
  });

  test("and the API are 503 with Retry-After while the database is down", async () => {
    const nowhere = openDatabase("postgres://nobody:x@127.0.0.1:1/none", { max: 1 });
    shareDatabase(nowhere);
    const health = await client.ask("/api/health", {});
    expect(health.status).toBe(503);
    expect(health.headers.get("retry-after")).toBe("1");
    expect(await health.json()).toMatchObject({ status: "down", database: { status: "down" } });
    const list = await client.ask("/api/v1/meetings");
    expect(list.status).toBe(503);
    expect(list.headers.get("retry-after")).toBe("1");
    expect(await list.json()).toEqual({
      error: { code: "unavailable", message: "The database does not answer. Try again." },
    });
    shareDatabase(client.app.database);
    await nowhere.close();
    expect((await client.ask("/api/health", {})).status).toBe(200);
  });
});
