import { expect, test } from "vitest";
import { roomInDays, roomOnDay } from "./room-address.ts";

const days = (firstDay: string, lastDay: string, timeZone = "UTC") => ({
  firstDay,
  lastDay,
  timeZone,
  from: 0,
  to: 0,
});

test("the link to a room has the same days, which are left out where they are the room's default", () => {
  const room = (period: ReturnType<typeof days>) => roomInDays("7", period, "2026-11-21", "UTC");
  expect(room(days("2026-10-25", "2026-11-21"))).toBe("/rooms/7");
  expect(room(days("2026-10-25", "2026-11-21", "Asia/Kolkata"))).toBe("/rooms/7?tz=Asia%2FKolkata");
  expect(room(days("2026-10-26", "2026-11-21"))).toBe("/rooms/7?from=2026-10-26&to=2026-11-21");
});

test.each([
  ["2026-11-21", "/rooms/7"],
  ["2026-10-25", "/rooms/7"],
  ["2026-10-24", "/rooms/7?to=2026-10-24"],
  ["2026-11-22", "/rooms/7?to=2026-11-22"],
])("a meeting of %s leads to weeks of its room that it is in", (day, address) => {
  expect(roomOnDay("7", day, "2026-11-21")).toBe(address);
});
