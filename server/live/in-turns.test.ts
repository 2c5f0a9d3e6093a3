import { afterAll, beforeAll, expect, test } from "vitest";
import { eventually } from "#db/testing/eventually.ts";
import { pushInTurns } from "./in-turns.ts";
import { type LiveTestServer, openLiveTestServer, upTo } from "./testing/live-server.ts";

let server: LiveTestServer;
beforeAll(async () => {
  server = await openLiveTestServer();
});
afterAll(() => server.close());

test("during a push to many sockets other work has its turn, and a socket that leaves meanwhile gets nothing", async () => {
  const viewers = await Promise.all(upTo(100).map(() => server.view()));
  const received = new Map<string, unknown[]>();
  for (const viewer of viewers) {
    viewer.on("meeting:merged", (...push) => {
      received.set(viewer.id ?? "", [...(received.get(viewer.id ?? "") ?? []), ...push]);
    });
  }
  const sockets = await server.io.fetchSockets();
  const [first, last] = [sockets[0], sockets.at(-1)];
  for (const socket of sockets) socket.join("these");
  // In both rooms, and pushed to once.
  for (const socket of sockets.slice(40)) socket.join("and those");

  const push = { id: 'from "here"', into: "there" };
  let turns = 0;
  let isOver = false;
  const pushing = pushInTurns(
    server.io,
    ["these", "nobody's", "and those"],
    "meeting:merged",
    push,
  );
  const count = () => {
    turns += 1;
    if (!isOver) setImmediate(count);
  };
  setImmediate(count);
  // The push has reached the first by now.
  for (const socket of [first, last]) {
    socket?.leave("these");
    socket?.leave("and those");
  }
  await pushing;
  isOver = true;
  expect(turns).toBeGreaterThanOrEqual(2);

  // Sent after the push.
  server.io.emit("meeting:merged", { id: "all", into: "told" });
  await eventually(() => {
    expect([...received.values()].filter((pushes) => pushes.length > 0)).toHaveLength(100);
  });
  const all = { id: "all", into: "told" };
  const expected = new Map(sockets.map(({ id }) => [id, id === last?.id ? [all] : [push, all]]));
  await eventually(() => expect(received).toEqual(expected));
});
