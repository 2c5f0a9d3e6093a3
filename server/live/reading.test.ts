import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { eventually } from "#db/testing/eventually.ts";
import { isDeskChange, isWatchDeskAck } from "#domain/live/desk-reading.ts";
import { isWatchLiveAck, isWatchMeetingAck, pushGuards } from "#domain/live/reading.ts";
import { joins, knocks, leaves, minutes } from "#domain/testing/history.ts";
import { deliverBodies } from "#server/testing/test-app.ts";
import { type LiveTestServer, openLiveTestServer } from "./testing/live-server.ts";

let server: LiveTestServer;
beforeAll(async () => {
  server = await openLiveTestServer();
});
afterAll(() => server.close());

const guards = { ...pushGuards, "desk:changed": isDeskChange };

test("a page can read every message and every answer of this server", async () => {
  const viewer = server.connect({ auth: { token: server.key, protocol: 1 } });
  const pushed = new Map<string, boolean[]>();
  for (const [name, is] of Object.entries(guards)) {
    viewer.on(name, (...sent: unknown[]) =>
      pushed.set(name, [...(pushed.get(name) ?? []), is(sent[0])]),
    );
  }
  await eventually(() => expect(pushed.has("recording:changed")).toBe(true));
  const account = await server.app.account();
  const deliver = (...lines: Parameters<typeof minutes>) =>
    deliverBodies(server.app, account, "ward", minutes(...lines));
  await deliver(["10:00", joins("Ada", { host: true })]);
  const [row] = await server.app.database.orm.execute<{ id: string }>(sql`select id from meetings`);
  const request = { id: row?.id, after_seq: 0 };
  const berlin = { first: 50, time_zone: "Europe/Berlin" };
  expect(isWatchLiveAck(await viewer.emitWithAck("watch:floor", berlin))).toBe(true);
  expect(isWatchMeetingAck(await viewer.emitWithAck("watch:meeting", request))).toBe(true);
  expect(isWatchDeskAck(await viewer.emitWithAck("watch:desk", {}))).toBe(true);
  await deliver(["10:01", knocks("Bo")]);
  await deliver(["10:02", joins("Bo")]);
  await deliver(["10:04", leaves("Bo", { joinedAt: "10:02" })]);
  server.io.emit("live:resync");
  server.io.emit("live:resync", { gone: true });
  server.io.emit("meeting:merged", { id: "one", into: "other" });
  await eventually(() =>
    expect([...pushed.keys()].toSorted()).toEqual(Object.keys(guards).toSorted()),
  );
  expect(isWatchLiveAck(await viewer.emitWithAck("watch:floor", berlin))).toBe(true);
  expect(isWatchMeetingAck(await viewer.emitWithAck("watch:meeting", request))).toBe(true);
  expect(isWatchMeetingAck(await viewer.emitWithAck("watch:meeting", {}))).toBe(true);
  expect([...pushed.values()].flat().every(Boolean)).toBe(true);
});
