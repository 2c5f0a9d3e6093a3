import { afterAll, beforeAll, expect, test } from "vitest";
import { eventually } from "#db/testing/eventually.ts";
import { pushInTurns } from "./in-turns.ts";
import { type LiveTestServer, openLiveTestServer, upTo } from "./testing/stage.ts";

let stage: LiveTestServer;
beforeAll(async () => {
  stage = await openLiveTestServer();
});
afterAll(() => stage.close());

test("while many are told, others have their turn, and whoever leaves meanwhile is not told", async () => {
  const viewers = await Promise.all(upTo(100).map(() => stage.view()));
  const heard = new Map<string, unknown[]>();
  for (const viewer of viewers) {
    viewer.on("meeting:merged", (...push) => {
      heard.set(viewer.id ?? "", [...(heard.get(viewer.id ?? "") ?? []), ...push]);
    });
  }
  const sockets = await stage.io.fetchSockets();
  const [first, last] = [sockets[0], sockets.at(-1)];
  for (const socket of sockets) socket.join("these");
  // In both rooms, and told once.
  for (const socket of sockets.slice(40)) socket.join("and those");

  const push = { id: 'from "here"', into: "there" };
  let turns = 0;
  let isOver = false;
  const telling = pushInTurns(stage.io, ["these", "nobody's", "and those"], "meeting:merged", push);
  const count = () => {
    turns += 1;
    if (!isOver) setImmediate(count);
  };
  setImmediate(count);
  // The first has been told by now.
  for (const socket of [first, last]) {
    socket?.leave("these");
    socket?.leave("and those");
  }
  await telling;
  isOver = true;
  expect(turns).toBeGreaterThanOrEqual(2);

  // Behind what was pushed.
  stage.io.emit("meeting:merged", { id: "all", into: "told" });
  await eventually(() => {
    expect([...heard.values()].filter((projected) => projected.length > 0)).toHaveLength(100);
  });
  const all = { id: "all", into: "told" };
  const expected = new Map(sockets.map(({ id }) => [id, id === last?.id ? [all] : [push, all]]));
  await eventually(() => expect(heard).toEqual(expected));
});
