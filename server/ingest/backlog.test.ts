import { describe, expect, test } from "vitest";
import { RoomBacklog } from "./backlog.ts";
import type { Kept } from "./project.ts";

function waiting(room: string, from: number, count: number): Kept[] {
  return Array.from({ length: count }, (_, index) => ({
    deliveryId: from + index,
    sourceId: "source",
    room,
    about: null,
  }));
}

const ids = (all: readonly Kept[]) => all.map(({ deliveryId }) => deliveryId);

describe("a batch", () => {
  test("has at most so many of each room in turn, and no more than its size in all", () => {
    const backlog = new RoomBacklog();
    backlog.add(
      [...waiting("hall", 0, 9), ...waiting("ward", 100, 2), ...waiting("attic", 200, 1)],
      0,
    );
    const first = backlog.take(7, 4);
    expect(ids(first)).toEqual([0, 1, 2, 3, 100, 101, 200]);
    backlog.end(first, [], 0);
    expect(ids(backlog.take(7, 4))).toEqual([4, 5, 6, 7]);
  });

  test("leaves out rooms that are being projected, and a room with more waits behind all others", () => {
    const backlog = new RoomBacklog();
    backlog.add(waiting("hall", 0, 3), 0);
    const first = backlog.take(1, 1);
    backlog.add(waiting("ward", 100, 2), 0);
    expect(ids(backlog.take(1, 1))).toEqual([100]);
    expect(backlog.take(9, 9)).toEqual([]);
    backlog.end(first, [], 0);
    expect(ids(backlog.take(9, 9))).toEqual([1, 2]);
  });

  test("comes back where its room was locked", () => {
    const backlog = new RoomBacklog();
    backlog.add(waiting("hall", 0, 2), 0);
    const batch = backlog.take(9, 9);
    backlog.end(batch, batch.slice(1), 0);
    expect([backlog.has(0), backlog.has(1), backlog.isEmpty]).toEqual([false, true, false]);
    const again = backlog.take(9, 9);
    expect(ids(again)).toEqual([1]);
    backlog.end(again, [], 0);
    expect(backlog.isEmpty).toBe(true);
  });
});

test("rooms in which more than a few are waiting can be left out", () => {
  const backlog = new RoomBacklog();
  backlog.add([...waiting("hall", 0, 3), ...waiting("ward", 10, 2), ...waiting("desk", 20, 1)], 0);
  const few = backlog.take(9, 9, 2);
  expect(ids(few)).toEqual([10, 11, 20]);
  backlog.end(few, [], 0);
  expect(ids(backlog.take(9, 9))).toEqual([0, 1, 2]);
});

test("what comes back as it was read since is still waiting", () => {
  const backlog = new RoomBacklog();
  backlog.add(waiting("hall", 0, 2), 0);
  const batch = backlog.take(9, 9);
  const back = batch.slice(1).map((one) => ({ ...one, about: null }));
  expect(backlog.end(batch, back, 5)).toEqual([5]);
  expect(backlog.isEmpty).toBe(false);
  expect(backlog.take(9, 9)).toEqual(back);
});

test("a delivery is not added twice", () => {
  const backlog = new RoomBacklog();
  backlog.add(waiting("hall", 0, 2), 0);
  backlog.add(waiting("hall", 1, 2), 0);
  expect(ids(backlog.take(9, 9))).toEqual([0, 1, 2]);
});

test("deliveries beyond those remembered are noted as more", () => {
  const backlog = new RoomBacklog();
  backlog.add(waiting("hall", 0, 50_000), 0);
  expect(backlog.isMore).toBe(false);
  backlog.add(waiting("ward", 90_000, 1), 0);
  expect([backlog.isMore, backlog.has(90_000)]).toEqual([true, false]);
});

test("the time that the first has waited does not depend on later deliveries, nor on those that are over", () => {
  const backlog = new RoomBacklog();
  expect(backlog.behindMs(50)).toBe(0);
  backlog.add(waiting("hall", 0, 1), 10);
  backlog.add(waiting("ward", 100, 1), 30);
  expect(backlog.behindMs(50)).toBe(40);
  const first = backlog.take(1, 1);
  expect(backlog.behindMs(50)).toBe(40);
  backlog.end(first, [], 0);
  expect(backlog.behindMs(50)).toBe(20);
});

test("only deliveries in rooms that are not being projected wait for another batch", () => {
  const backlog = new RoomBacklog();
  backlog.add(waiting("hall", 0, 3), 0);
  backlog.add(waiting("ward", 100, 2), 0);
  expect(backlog.waiting).toBe(5);
  const first = backlog.take(1, 1);
  expect(backlog.waiting).toBe(2);
  backlog.end(first, [], 0);
  expect(backlog.waiting).toBe(4);
});
